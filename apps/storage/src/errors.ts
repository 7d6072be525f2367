export type StorageErrorCode =
  | 'invalid_key'
  | 'invalid_part'
  | 'not_found'
  | 'too_large'
  | 'incomplete'
  | 'storage_full'
  | 'unwritable'

/** The one error this app throws on purpose. The message names keys and sizes, never a path of the machine. */
export class StorageError extends Error {
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string = code, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'StorageError'
    this.code = code
  }
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT'])

/** The error to throw for what the operating system refused: a full disk and a missing file get their own code. */
export function fromSystem(error: unknown): unknown {
  const code = systemCode(error)
  if (code === undefined) return error
  if (fullCodes.has(code)) return new StorageError('storage_full', 'the disk is full', { cause: error })
  if (code === 'ENOENT') return new StorageError('not_found', 'no such object', { cause: error })
  return error
}

/** The errno name of a system error, for example `ENOENT`; undefined for every other error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined
}
