import type { Rational } from '../rational.ts'

/** Clockwise turn that brings the stored picture upright. */
export type Rotation = 0 | 90 | 180 | 270

/** Facts about the picture, moving or still. */
export type VideoFacts = {
  readonly streamIndex: number
  readonly codec: string
  /** As stored. */
  readonly codedWidth: number
  readonly codedHeight: number
  /** As a person sees it: turned upright, square pixels. */
  readonly width: number
  readonly height: number
  readonly rotation: Rotation
  /** The exact rate frames are numbered at; `1/1` for stills. */
  readonly frameRate: Rational
  /** True when the source's frames don't come at a constant rate; renditions then do, at `frameRate`. */
  readonly variableFrameRate: boolean
  /** Frames at `frameRate`; frame numbers run from 0 to one less. */
  readonly frames: number
  readonly interlaced: boolean
  readonly pixelFormat: string
  readonly hasAlpha: boolean
  readonly hdr: boolean
  /** Seconds from the start of the file to the first frame. */
  readonly startSeconds: number
}

/** Facts about the first audio track. */
export type AudioFacts = {
  readonly streamIndex: number
  readonly codec: string
  readonly channels: number
  readonly sampleRate: number
  readonly tracks: number
}

/** Everything learned about a file that passed the policy. */
export type Probe = {
  readonly kind: 'video' | 'audio' | 'image'
  readonly container: string
  readonly demuxer: string
  readonly lossyEdges: boolean
  readonly fileSize: number
  /** Exact for video (frames over rate), from the container for audio, 0 for stills. */
  readonly duration: Rational
  readonly video: VideoFacts | null
  readonly audio: AudioFacts | null
  /** Label of frame 0 as the file states it, `HH:MM:SS:FF` or `HH:MM:SS;FF`; null when it states none. */
  readonly startTimecode: string | null
  readonly dropFrame: boolean
  /** The digest that the V2 API shows as `metadata.blob`. */
  readonly blob: MetadataBlob
}

/** Shape of V2's `metadata.blob`; flags are the strings `"true"` and `"false"`, as clients read them. */
export type MetadataBlob = {
  readonly video_codec: string | null
  readonly audio_codec: string | null
  readonly codec: string | null
  readonly width: number | null
  readonly height: number | null
  readonly fps: number | null
  readonly duration: number | null
  readonly frames: number
  readonly has_audio: string
  readonly is_audio: string
  readonly is_video: string
  readonly is_image: string
  readonly is_hdr: string
  readonly interlaced: string
  readonly format_name: string
  readonly timecode: string | null
  readonly format: Readonly<Record<string, unknown>>
  readonly streams: readonly Readonly<Record<string, unknown>>[]
}
