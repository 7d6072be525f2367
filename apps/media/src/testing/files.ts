import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readFrameBarcode } from '../barcode.ts'
import type { Tools } from '../tools/tools.ts'

const run = promisify(execFile)

/** A folder of its own, readable by everyone (so that a run as nobody reaches it), gone on disposal. */
export async function scratch(): Promise<AsyncDisposable & { path: string; file: (name: string) => string }> {
  const path = await mkdtemp(join(tmpdir(), 'rushes-media-'))
  await chmod(path, 0o755)
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

/** Runs ffmpeg by hand, unconfined, to make an input or to look at an output. Answers standard output. */
export async function ffmpegByHand(tools: Tools, args: readonly string[]): Promise<Buffer> {
  const options = { encoding: 'buffer' as const, maxBuffer: 256_000_000, env: {} }
  return (await run(tools.ffmpeg, ['-nostdin', '-v', 'error', '-y', ...args], options)).stdout
}

const SAMPLE = { width: 80, height: 72 }

/** Decodes a file or playlist and reads the barcode of every frame, in order of display. */
export async function readBarcodes(tools: Tools, input: readonly string[]): Promise<(number | null)[]> {
  const scale = `scale=${SAMPLE.width}:${SAMPLE.height}:flags=neighbor,format=gray`
  const args = [...input, '-map', '0:v:0', '-vsync', '0', '-vf', scale, '-f', 'rawvideo', 'pipe:1']
  const pixels = await ffmpegByHand(tools, args)
  const frameBytes = SAMPLE.width * SAMPLE.height
  return Array.from({ length: pixels.length / frameBytes }, (_, index) => {
    const frame = pixels.subarray(index * frameBytes, (index + 1) * frameBytes)
    return readFrameBarcode((x, y) => {
      return frame[Math.floor(y * SAMPLE.height) * SAMPLE.width + Math.floor(x * SAMPLE.width)] ?? 0
    })
  })
}

/** Display times in seconds of every video packet of a file or playlist. */
export async function readTimes(tools: Tools, input: string): Promise<number[]> {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0']
  const { stdout } = await run(tools.ffprobe, ['-v', 'error', ...entries, input], { maxBuffer: 16_000_000 })
  return stdout.split('\n').map(Number.parseFloat).filter(Number.isFinite)
}
