import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flags } from '../flags.ts'
import { toNumber } from '../rational.ts'
import { ownInput } from '../whitelists.ts'
import { AUDIO_FILE } from './encode.ts'
import { ffmpeg, type Job } from './job.ts'
import type { DraftFile } from './manifest.ts'

const PICTURE = { width: 1800, height: 140 }
const SAMPLE_RATE = 8_000
const PEAKS = 1_800
const COLOUR = '0x8b7cf6'

/** Peaks of the sound: each the loudest sample of its stretch, 0 to 1. */
export type Peaks = {
  readonly version: 1
  readonly sampleRate: number
  readonly samplesPerPeak: number
  readonly peaks: readonly number[]
}

/** Draws the waveform (PNG with a clear background) and writes its peaks (JSON) from the audio rendition. */
export async function makeWaveform(job: Job): Promise<DraftFile[]> {
  const collector = peakCollector(
    Math.max(1, Math.ceil((toNumber(job.probe.duration) * SAMPLE_RATE) / PEAKS)),
  )
  const graph = [
    '[0:a:0]asplit[heard][drawn]',
    `[drawn]aformat=channel_layouts=mono,showwavespic=s=${PICTURE.width}x${PICTURE.height}:colors=${COLOUR}[picture]`,
    `[heard]aformat=channel_layouts=mono,aresample=${SAMPLE_RATE}[samples]`,
  ]
  await ffmpeg(
    job,
    () => [
      ...[...ownInput(AUDIO_FILE), '-filter_complex', graph.join(';')],
      ...flags('-map [picture] -frames:v 1 -f image2 -c:v png file:waveform.png'),
      ...flags('-map [samples] -f s16le -c:a pcm_s16le pipe:1'),
    ],
    { onOutput: collector.add },
  )
  await writeFile(join(job.work, 'waveform.json'), JSON.stringify(collector.peaks()))
  job.stage(0.98, 1)(1)
  return [
    { name: 'waveform.png', role: 'waveform', field: 'waveform', ...PICTURE },
    { name: 'waveform.json', role: 'peaks', field: null, width: null, height: null },
  ]
}

/** Gathers peaks from 16-bit little-endian mono samples that arrive in chunks cut anywhere. */
export function peakCollector(samplesPerPeak: number) {
  const peaks: number[] = []
  let carried: Buffer = Buffer.alloc(0)
  let loudest = 0
  let seen = 0
  const close = () => {
    peaks.push(Math.round((loudest / 32_768) * 1000) / 1000)
    loudest = 0
    seen = 0
  }
  return {
    add(chunk: Buffer): void {
      const bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk
      const whole = bytes.length - (bytes.length % 2)
      for (let offset = 0; offset < whole; offset += 2) {
        loudest = Math.max(loudest, Math.abs(bytes.readInt16LE(offset)))
        seen += 1
        if (seen === samplesPerPeak) close()
      }
      carried = bytes.subarray(whole)
    },
    peaks(): Peaks {
      if (seen > 0) close()
      return { version: 1, sampleRate: SAMPLE_RATE, samplesPerPeak, peaks }
    },
  }
}
