import { flags } from './flags.ts'
import type { SourceLimits } from './limits.ts'

/** Demuxers by the names ffmpeg matches. Left out on purpose: image2, hls, concat, dash, sdp, tty, xbin. */
const FORMATS = [
  ...['mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska', 'webm', 'avi', 'mxf', 'mpegts', 'mpeg'],
  ...['wav', 'aiff', 'mp3', 'aac', 'flac', 'ogg', 'gif', 'png_pipe', 'jpeg_pipe', 'webp_pipe'],
]

/** Decoders by implementation name; the AV1 ones differ between builds, so each build's name stands here. */
const DECODERS = [
  ...['h264', 'hevc', 'av1', 'libdav1d', 'libaom-av1', 'vp8', 'vp9'],
  ...['mpeg1video', 'mpeg2video', 'mpeg4', 'prores', 'dnxhd', 'cfhd', 'mjpeg', 'png', 'gif', 'webp'],
  ...['aac', 'mp3', 'mp3float', 'mp2', 'mp2float', 'ac3', 'eac3', 'opus', 'vorbis', 'flac', 'alac'],
  ...['pcm_u8', 'pcm_s8', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_s32be'],
  ...['pcm_f32le', 'pcm_f32be', 'pcm_f64le', 'pcm_f64be', 'pcm_alaw', 'pcm_mulaw', 'pcm_bluray', 'pcm_dvd'],
]

const CODECS: readonly string[] = DECODERS.map((name) =>
  name.replace(/^mp[23]float$/, (match) => match.slice(0, 3)),
)

/** True when a codec (by ffprobe's `codec_name`) is one we decode. */
export function isAllowedCodec(codecName: string): boolean {
  return CODECS.includes(codecName)
}

/**
 * Input options that every read of an untrusted file stands behind, in both ffmpeg and ffprobe: the demuxer is the
 * one the file's magic bytes chose, so no playlist or pattern demuxer can be guessed, and nothing but files opens.
 */
export function guardedInput(
  demuxer: string,
  source: string,
  maxPixels: number,
  limits: SourceLimits,
): string[] {
  return [
    ...['-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS.join(',')],
    ...['-codec_whitelist', DECODERS.join(','), '-max_pixels', String(maxPixels)],
    ...['-max_streams', String(limits.streams), '-probesize', '50000000', '-analyzeduration', '10000000'],
    ...['-f', demuxer, '-i', `file:${source}`],
  ]
}

/** Input options for a file that we made ourselves a moment ago. */
export function ownInput(name: string): string[] {
  return [
    ...flags(`-protocol_whitelist file,pipe -format_whitelist ${FORMATS.join(',')} -f mov`),
    '-i',
    `file:${name}`,
  ]
}
