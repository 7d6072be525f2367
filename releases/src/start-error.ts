export type StartErrorCode = 'config' | 'data_folder' | 'disk_full' | 'in_use' | 'port_in_use' | 'unknown_app'

/** A start that can't be: `message` is one line for the person at the terminal, and no stack helps. */
export class StartError extends Error {
  readonly code: StartErrorCode
  constructor(code: StartErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
