import { chown, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { MediaError } from '../errors.ts'
import { DEFAULT_LIMITS, encodeRunLimits, type MediaLimits } from '../limits.ts'
import { formatRational, type Rational } from '../rational.ts'
import { dropsPrivileges } from '../sandbox/command.ts'
import { NOBODY } from '../sandbox/confinement.ts'
import { runTool } from '../sandbox/run-tool.ts'
import type { Tools } from '../tools/tools.ts'
import { barcodeCanvas, barcodeFilter, numberCanvas, numberFilter } from './overlays.ts'
import { type DemoKind, pictureSource } from './pictures.ts'

/** A clip to generate. */
export type DemoClip = {
  readonly tools: Tools
  readonly limits?: MediaLimits | undefined
  readonly kind: DemoKind
  readonly seconds: number
  /** Both even. */
  readonly size: { readonly width: number; readonly height: number }
  readonly fps: Rational
  /** Ends in `.mp4` or `.mov`; its folder exists. */
  readonly outFile: string
  /** Label of the first frame; `;` before the frames makes it drop-frame. */
  readonly startTimecode?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Generates a short clip: a moving picture with its frame number burnt in twice, as digits for people (top left) and
 * as a barcode for tests (bottom edge, see `readFrameBarcode`), over a tone that beeps each second. The video has
 * B-frames, as what cameras and editors deliver does. Throws `MediaError`.
 */
export async function makeDemoClip(clip: DemoClip): Promise<void> {
  const { tools, limits = DEFAULT_LIMITS, outFile } = clip
  await using folder = await scratchFolder(dirname(outFile), tools)
  const name = `clip${extname(outFile)}`
  const result = await runTool(tools, limits, {
    tool: 'ffmpeg',
    mounts: { work: folder.path },
    limits: encodeRunLimits(limits, clip.seconds),
    signal: clip.signal,
    args: () => clipArguments(clip, name),
  })
  if (result.status !== 0) throw new MediaError('corrupt', `${basename(outFile)}: ${result.stderr.trim()}`)
  await rename(join(folder.path, name), outFile)
}

function clipArguments(clip: DemoClip, name: string): string[] {
  const { seconds, size, startTimecode } = clip
  const rate = formatRational(clip.fps)
  const margin = Math.round(size.height / 24)
  const graph = [
    `${pictureSource(clip.kind, size, rate)}[picture]`,
    `color=black:s=${barcodeCanvas}:r=${rate},${barcodeFilter(size)}[strip]`,
    `color=black:s=${numberCanvas}:r=${rate},${numberFilter(size.height)}[number]`,
    `[picture][strip]overlay=0:H-h[marked]`,
    `[marked][number]overlay=${margin}:${margin},format=yuv420p[video]`,
    `sine=frequency=220:beep_factor=4:sample_rate=48000[audio]`,
  ]
  return [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-y', '-filter_complex', graph.join(';')],
    ...['-map', '[video]', '-map', '[audio]', '-frames:v', String(frameCount(clip)), '-t', String(seconds)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', '-bf', '2', '-c:a', 'aac', '-b:a', '96k'],
    ...(startTimecode ? ['-timecode', startTimecode] : []),
    ...['-movflags', '+faststart', `file:${name}`],
  ]
}

function frameCount({ seconds, fps }: DemoClip): number {
  return Math.max(1, Math.floor((seconds * fps.num) / fps.den + 1e-6))
}

async function scratchFolder(parent: string, tools: Tools): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(parent, '.clip-'))
  if (dropsPrivileges(tools.confinement)) await chown(path, NOBODY, NOBODY)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
