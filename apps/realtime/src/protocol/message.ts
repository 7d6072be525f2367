import { BadFrame } from './errors.ts'

/** What a client makes up to match replies to requests. Strings by the protocol; numbers are echoed as they came. */
export type Ref = string | number | null

/** A JSON object. Never put a top-level `response` key into one: the Swift and Kotlin clients unwrap it. */
export type Payload = { readonly [key: string]: unknown }

/** What a client sends. */
export type Message = {
  readonly joinRef: Ref
  readonly ref: Ref
  readonly topic: string
  readonly event: string
  readonly payload: Payload | Uint8Array
}

/** What a server sends. A `Uint8Array` travels as a binary frame, which only V2 has and not every client reads. */
export type Outgoing =
  | {
      readonly kind: 'push'
      readonly joinRef: Ref
      readonly ref: Ref
      readonly topic: string
      readonly event: string
      readonly payload: Payload | Uint8Array
    }
  | {
      readonly kind: 'reply'
      readonly joinRef: Ref
      readonly ref: Ref
      readonly topic: string
      readonly status: string
      readonly response: Payload | Uint8Array
    }
  | {
      readonly kind: 'broadcast'
      readonly topic: string
      readonly event: string
      readonly payload: Payload | Uint8Array
    }

/** Fields longer than this can't be expressed in a binary frame, so no frame may carry them. */
const maxField = 255

/**
 * Checks the five parts of a frame.
 * @throws BadFrame when one is of the wrong type or too long
 */
export function message(
  joinRef: unknown,
  ref: unknown,
  topic: unknown,
  event: unknown,
  payload: unknown,
): Message {
  if (!isPayload(payload)) throw new BadFrame('payload must be an object')
  return {
    joinRef: refOf(joinRef),
    ref: refOf(ref),
    topic: nameOf(topic),
    event: nameOf(event),
    payload,
  }
}

function refOf(value: unknown): Ref {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' && value.length <= maxField) return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new BadFrame('ref must be a short string or null')
}

function nameOf(value: unknown): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= maxField) return value
  throw new BadFrame('topic and event must be short strings')
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The bytes of a message that travels as a binary frame, else undefined. */
export function bytesOf(outgoing: Outgoing): Uint8Array | undefined {
  const body = outgoing.kind === 'reply' ? outgoing.response : outgoing.payload
  return body instanceof Uint8Array ? body : undefined
}
