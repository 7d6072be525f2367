/** Thrown by `connect` to refuse the handshake; the client sees this HTTP status and an empty body. */
export class ConnectRefused extends Error {
  readonly status: number

  constructor(status = 403) {
    super(`connection refused with ${status}`)
    this.name = 'ConnectRefused'
    this.status = status
  }
}

/** Thrown by a join or an event handler: answered as `{"status":"error","response":{"reason":…}}`; the channel lives on. */
export class Refused extends Error {
  readonly reason: string

  constructor(reason: string) {
    super(`refused: ${reason}`)
    this.name = 'Refused'
    this.reason = reason
  }
}

/** A frame that is not of this protocol; its sender is closed with 1007. */
export class BadFrame extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'BadFrame'
  }
}
