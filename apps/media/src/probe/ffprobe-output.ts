import { z } from 'zod'

/** The parts of `ffprobe -of json` that we read; the rest of each object is kept for the stored digest. */
const Stream = z.looseObject({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  color_transfer: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  time_base: z.string().optional(),
  start_time: z.string().optional(),
  duration: z.string().optional(),
  nb_frames: z.string().optional(),
  channels: z.number().optional(),
  sample_rate: z.string().optional(),
  profile: z.string().optional(),
  level: z.number().optional(),
  nb_read_packets: z.string().optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
})

const Format = z.looseObject({
  format_name: z.string().optional(),
  duration: z.string().optional(),
  start_time: z.string().optional(),
  size: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
})

const Frame = z.looseObject({
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
})

const Output = z.object({
  streams: z.array(Stream).default([]),
  frames: z.array(Frame).default([]),
  format: Format.default({}),
})

/** One stream as ffprobe describes it. */
export type FfprobeStream = z.infer<typeof Stream>
/** What ffprobe prints about a file. */
export type FfprobeOutput = z.infer<typeof Output>

/** Parses ffprobe's JSON; null when it isn't what ffprobe prints. */
export function parseFfprobe(stdout: Buffer): FfprobeOutput | null {
  try {
    return Output.parse(JSON.parse(stdout.toString()))
  } catch {
    return null
  }
}

/** A decimal field such as `duration`; null for `N/A` and absence. */
export function decimal(text: string | undefined): number | null {
  const value = Number(text ?? Number.NaN)
  return Number.isFinite(value) ? value : null
}
