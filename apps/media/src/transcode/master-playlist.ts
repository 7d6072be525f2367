import type { Rational } from '../rational.ts'
import { toNumber } from '../rational.ts'
import { hlsNames } from './encode.ts'
import { AUDIO_HLS } from './remux.ts'
import type { Verified } from './verify.ts'

/** The multivariant playlist's file name. */
export const MASTER_PLAYLIST = 'hls.m3u8'
/** Of our AAC encode, stated rather than measured: it is a constant bit rate. */
const AUDIO_BITS = 160_000

/** A rendition with the average bit rate of its video file. */
export type Variant = Verified & { readonly averageBits: number }

/** Writes the multivariant playlist (RFC 8216 section 4.3.4): best first, audio as one group shared by all. */
export function masterPlaylist(
  variants: readonly Variant[],
  fps: Rational | null,
  hasAudio: boolean,
): string {
  const head = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS']
  if (variants.length === 0) return lines([...head, audioOnlyVariant(), AUDIO_HLS.playlist])
  const audio = `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",DEFAULT=YES,AUTOSELECT=YES,URI="${AUDIO_HLS.playlist}"`
  const entries = variants
    .toReversed()
    .flatMap((variant) => [streamInformation(variant, fps, hasAudio), hlsNames(variant.rung.label).playlist])
  return lines([...head, ...(hasAudio ? [audio] : []), ...entries])
}

function streamInformation(variant: Variant, fps: Rational | null, hasAudio: boolean): string {
  const { rung, averageBits } = variant
  const sound = hasAudio ? AUDIO_BITS : 0
  const codecs = [
    `avc1.${profileBytes(variant.profile)}${hexByte(variant.level)}`,
    ...(hasAudio ? ['mp4a.40.2'] : []),
  ]
  const attributes = [
    `BANDWIDTH=${Math.max(averageBits, rung.maxBitrate) + sound}`,
    `AVERAGE-BANDWIDTH=${averageBits + sound}`,
    `RESOLUTION=${rung.width}x${rung.height}`,
    ...(fps ? [`FRAME-RATE=${toNumber(fps).toFixed(3)}`] : []),
    `CODECS="${codecs.join(',')}"`,
    ...(hasAudio ? ['AUDIO="audio"'] : []),
  ]
  return `#EXT-X-STREAM-INF:${attributes.join(',')}`
}

function audioOnlyVariant(): string {
  return `#EXT-X-STREAM-INF:BANDWIDTH=${AUDIO_BITS},CODECS="mp4a.40.2"`
}

/** profile_idc and constraint flags as RFC 6381 writes them; our encodes are High unless the source forces less. */
function profileBytes(profile: string): string {
  if (profile.includes('Baseline')) return '42C0'
  return profile === 'Main' ? '4D40' : '6400'
}

function hexByte(value: number): string {
  return value.toString(16).toUpperCase().padStart(2, '0')
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`
}
