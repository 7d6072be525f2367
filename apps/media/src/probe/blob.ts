import { toNumber } from '../rational.ts'
import type { FfprobeOutput } from './ffprobe-output.ts'
import type { MetadataBlob, Probe } from './probe-result.ts'

/** Keys of ffprobe's `format` that say where the file lay on our disk, which is nobody's business. */
const PRIVATE_FORMAT_KEYS = ['filename']

/** Digests a probe into the stored metadata; `output` adds ffprobe's own format and streams. */
export function metadataBlob(probe: Omit<Probe, 'blob'>, output: FfprobeOutput): MetadataBlob {
  const { video, audio, kind } = probe
  const format = Object.entries(output.format).filter(([key]) => !PRIVATE_FORMAT_KEYS.includes(key))
  return {
    video_codec: video?.codec ?? null,
    audio_codec: audio?.codec ?? null,
    codec: video?.codec ?? audio?.codec ?? null,
    width: video?.width ?? null,
    height: video?.height ?? null,
    fps: video && kind === 'video' ? Number(toNumber(video.frameRate).toFixed(3)) : null,
    duration: kind === 'image' ? null : Number(toNumber(probe.duration).toFixed(6)),
    frames: video?.frames ?? 0,
    has_audio: String(audio !== null),
    is_audio: String(kind === 'audio'),
    is_video: String(kind === 'video'),
    is_image: String(kind === 'image'),
    is_hdr: String(video?.hdr ?? false),
    interlaced: String(video?.interlaced ?? false),
    format_name: output.format.format_name ?? probe.container,
    timecode: probe.startTimecode,
    format: Object.fromEntries(format),
    streams: output.streams.map(({ disposition: _, ...stream }) => stream),
  }
}
