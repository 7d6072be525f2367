/** Codes of the engine's own failures; a bad record is never one of them, it becomes a dead letter. */
export type DynasaurErrorCode =
  | 'definition_invalid'
  | 'plan_changed'
  | 'target_mismatch'
  | 'target_not_empty'
  | 'source_missing'
  | 'fenced'
  | 'usage'

/** A failure of the migration as a whole, for a person to act on. */
export class DynasaurError extends Error {
  override readonly name = 'DynasaurError'
  readonly code: DynasaurErrorCode

  constructor(code: DynasaurErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** A value that its field or translator refuses. `code` is stable, so that dead letters group by reason. */
export class Rejection extends Error {
  override readonly name = 'Rejection'
  readonly code: string
  readonly path: string
  readonly detail: string

  constructor(code: string, path: string, detail: string) {
    super(`${path}: ${code}: ${detail}`)
    this.code = code
    this.path = path
    this.detail = detail.slice(0, 200)
  }
}
