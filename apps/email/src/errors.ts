export type EmailErrorCode =
  /** Not one plain address, or one the server will never take. Trying again is of no use. */
  | 'bad_address'
  /** The server refused this mail for good (SMTP 5xx). */
  | 'rejected'
  /** The server could not be reached or refused for now (SMTP 4xx). Try again later. */
  | 'unavailable'
  /** A link in a template is not an http or https URL. */
  | 'bad_link'

/** What can go wrong in making or sending a mail. */
export class EmailError extends Error {
  readonly code: EmailErrorCode
  /** Whether the same mail may go through later. */
  readonly retryable: boolean

  constructor(code: EmailErrorCode, options?: ErrorOptions) {
    super(`e-mail: ${code}`, options)
    this.name = 'EmailError'
    this.code = code
    this.retryable = code === 'unavailable'
  }
}
