import type { Rational } from '../rational.ts'

/** What a file of the manifest is for. `field` names are those of the V2 asset; null where V2 has none. */
export type ManifestFile = {
  /** File name in the output folder, fit to be the last part of a blob key. */
  readonly name: string
  readonly role: FileRole
  /** The V2 asset field whose URL this file is, for example `h264_720`. */
  readonly field: string | null
  readonly contentType: string
  readonly size: number
  readonly width: number | null
  readonly height: number | null
  readonly fps: Rational | null
  readonly frames: number | null
}

/** Roles of files; every HLS playlist refers to its media file by bare name. */
export type FileRole =
  | 'mp4'
  | 'audio'
  | 'hls_master'
  | 'hls_playlist'
  | 'hls_media'
  | 'poster'
  | 'sprite'
  | 'sprite_index'
  | 'waveform'
  | 'peaks'
  | 'image'

/** How the scrub sprite is laid out: tile `i` shows frame `i × stepFrames`, row by row. */
export type SpriteLayout = {
  readonly tileWidth: number
  readonly tileHeight: number
  readonly columns: number
  readonly rows: number
  readonly count: number
  readonly stepFrames: number
  /** `stepFrames` in seconds. */
  readonly interval: number
}

/** Everything a transcode made. */
export type Manifest = {
  readonly kind: 'video' | 'audio' | 'image'
  readonly files: readonly ManifestFile[]
  /** Frames of every video rendition; 0 for audio and stills. Frame numbers run from 0. */
  readonly frames: number
  /** Constant rate of every video rendition. */
  readonly fps: Rational | null
  readonly duration: Rational
  readonly variableFrameRate: boolean
  readonly sprite: SpriteLayout | null
}

/** A file as the steps describe it, before it is weighed. */
export type DraftFile = Omit<ManifestFile, 'size' | 'contentType' | 'fps' | 'frames'> &
  Partial<Pick<ManifestFile, 'fps' | 'frames'>>

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4a: 'audio/mp4',
  m4s: 'video/mp4',
  m3u8: 'application/vnd.apple.mpegurl',
  jpg: 'image/jpeg',
  png: 'image/png',
  json: 'application/json',
}

/** Completes a draft with its content type and size in bytes. */
export function weigh(draft: DraftFile, size: number): ManifestFile {
  const extension = draft.name.slice(draft.name.lastIndexOf('.') + 1)
  const contentType = CONTENT_TYPES[extension] ?? 'application/octet-stream'
  return { fps: null, frames: null, ...draft, contentType, size }
}
