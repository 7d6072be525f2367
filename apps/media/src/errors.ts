/** Why a file was refused or its processing ended early. Stable strings: they are stored and shown. */
export type MediaErrorCode =
  | 'unsupported_format'
  | 'unsupported_codec'
  | 'unsupported_frame_rate'
  | 'too_large'
  | 'too_long'
  | 'too_many_streams'
  | 'corrupt'
  | 'timed_out'
  | 'output_too_large'
  | 'frame_mismatch'
  | 'cancelled'
  | 'tools_missing'

/** Codes that say something about the file itself: trying again can't help. */
const FINAL: readonly MediaErrorCode[] = [
  'unsupported_format',
  'unsupported_codec',
  'unsupported_frame_rate',
  'too_large',
  'too_long',
  'too_many_streams',
  'corrupt',
]

/** The only error this app throws on purpose; `message` is a sentence fit for a person. */
export class MediaError extends Error {
  readonly code: MediaErrorCode

  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MediaError'
    this.code = code
  }

  /** True when the same file will fail the same way, so a job should not be retried. */
  get isFinal(): boolean {
    return FINAL.includes(this.code)
  }
}
