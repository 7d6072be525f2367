import { parseRational, toNumber } from '../rational.ts'
import type { FfprobeOutput, FfprobeStream } from './ffprobe-output.ts'
import type { Rotation } from './probe-result.ts'

const HDR_TRANSFERS = ['smpte2084', 'arib-std-b67']
const ALPHA_FORMATS = /^(rgba|argb|bgra|abgr|ya\d|yuva|gbrap|pal8)/

/** Size as a person sees it: pixels made square, then turned upright. */
export function displaySize(stream: FfprobeStream, rotation: Rotation): { width: number; height: number } {
  const aspect = parseRational(stream.sample_aspect_ratio)
  const stretch = aspect && aspect.num > 0 ? toNumber(aspect) : 1
  const width = Math.max(1, Math.round((stream.width ?? 0) * stretch))
  const height = stream.height ?? 0
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width }
}

/**
 * Clockwise turn, from a display matrix of the stream (its sign is anticlockwise), the `rotate` tag of older builds,
 * or the matrix that EXIF puts on the first frame of a JPEG.
 */
export function rotationOf(stream: FfprobeStream, output: FfprobeOutput): Rotation {
  const matrices = [...(stream.side_data_list ?? []), ...(output.frames[0]?.side_data_list ?? [])]
  const anticlockwise = matrices.find((data) => data.rotation !== undefined)?.rotation
  const clockwise = anticlockwise === undefined ? Number(stream.tags?.rotate ?? 0) : -anticlockwise
  const quarter = ((Math.round(clockwise / 90) % 4) + 4) % 4
  return ([0, 90, 180, 270] as const)[quarter] ?? 0
}

/** True for the transfer curves of HDR10 and HLG. */
export function isHdr(stream: FfprobeStream): boolean {
  return HDR_TRANSFERS.includes(stream.color_transfer ?? '')
}

/** True for pixel formats that carry transparency. */
export function hasAlpha(stream: FfprobeStream): boolean {
  return ALPHA_FORMATS.test(stream.pix_fmt ?? '')
}
