export type EmbeddedErrorCode =
  | 'no_binaries'
  | 'no_account'
  | 'other_version'
  | 'port_in_use'
  | 'disk_full'
  | 'still_running'
  | 'start_failed'

/** Why the embedded server can't run; `message` is one line for the person who started it. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode
  constructor(code: EmbeddedErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
