import { decodeBinary, encodeBinary } from './binary.ts'
import { BadFrame } from './errors.ts'
import { bytesOf, type Message, message, type Outgoing, type Ref } from './message.ts'

/** One version of the wire. */
export type Serializer = {
  readonly version: 1 | 2
  /** @throws BadFrame when the frame is not of this version */
  decode(frame: string | Uint8Array): Message
  encode(outgoing: Outgoing): string | Buffer
}

/** `[join_ref, ref, topic, event, payload]`, without white space: the Kotlin client cuts at commas. */
export const v2: Serializer = {
  version: 2,
  decode(frame) {
    if (typeof frame !== 'string') return decodeBinary(frame)
    const parts = parse(frame)
    if (!Array.isArray(parts) || parts.length < 5) throw new BadFrame('expected an array of five')
    return message(parts[0], parts[1], parts[2], parts[3], parts[4])
  },
  encode(outgoing) {
    const bytes = bytesOf(outgoing)
    if (bytes !== undefined) return encodeBinary(outgoing, bytes)
    const { joinRef, ref, event, payload } = plain(outgoing)
    return JSON.stringify([joinRef, ref, outgoing.topic, event, payload])
  },
}

/** `{topic, event, payload, ref}`; a client may add `join_ref`, a server never does. */
export const v1: Serializer = {
  version: 1,
  decode(frame) {
    if (typeof frame !== 'string') throw new BadFrame('version 1 has no binary frames')
    const parts = parse(frame)
    if (typeof parts !== 'object' || parts === null) throw new BadFrame('expected an object')
    const { join_ref, ref, topic, event, payload } = parts as Record<string, unknown>
    return message(join_ref, ref, topic, event, payload)
  },
  encode(outgoing) {
    const { ref, event, payload } = plain(outgoing)
    return JSON.stringify({ topic: outgoing.topic, event, payload, ref })
  },
}

/**
 * The serializer a `vsn` parameter asks for, `'sniff'` when there is none (the first frame then tells), undefined when
 * the version is unknown. Phoenix itself takes an absent vsn for 1.0.0, but Frame.io's own client sent V2 without one.
 */
export function serializerFor(vsn: string | null): Serializer | 'sniff' | undefined {
  if (vsn === null) return 'sniff'
  if (/^2\.0\.\d+$/.test(vsn)) return v2
  if (/^1\.0\.\d+$/.test(vsn)) return v1
  return undefined
}

/** The version a first frame is of: V1 frames are objects, everything else is V2 or refused by it. */
export function sniff(frame: string | Uint8Array): Serializer {
  return typeof frame === 'string' && frame.trimStart().startsWith('{') ? v1 : v2
}

function plain(outgoing: Outgoing): { joinRef: Ref; ref: Ref; event: string; payload: unknown } {
  switch (outgoing.kind) {
    case 'push':
      return outgoing
    case 'reply':
      return replyParts(outgoing)
    case 'broadcast':
      return { joinRef: null, ref: null, event: outgoing.event, payload: outgoing.payload }
  }
}

function replyParts({ joinRef, ref, status, response }: Extract<Outgoing, { kind: 'reply' }>) {
  return { joinRef, ref, event: 'phx_reply', payload: { status, response } }
}

function parse(frame: string): unknown {
  try {
    return JSON.parse(frame)
  } catch {
    throw new BadFrame('expected JSON')
  }
}
