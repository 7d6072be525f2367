import { bytesOf, type Outgoing } from './message.ts'
import type { Serializer } from './serializers.ts'

/**
 * Messages on their way to one or many clients of one version, encoded once however many there are. V1 has no
 * binary frames, so binary messages are left out for its clients.
 */
export class Packet {
  readonly frames: readonly (string | Buffer)[]
  #bytes: Buffer | undefined

  constructor(serializer: Serializer, messages: readonly Outgoing[]) {
    const carried = messages.filter((message) => serializer.version === 2 || bytesOf(message) === undefined)
    this.frames = carried.map((message) => serializer.encode(message))
  }

  /** The WebSocket frames of all messages in one piece, so that a batch costs one write a socket. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.concat(this.frames.map(serverFrame))
    return this.#bytes
  }
}

/** A final, unmasked text or binary frame (RFC 6455, 5.2), as servers send them. */
function serverFrame(data: string | Buffer): Buffer {
  const payload = typeof data === 'string' ? Buffer.from(data) : data
  return Buffer.concat([header(typeof data === 'string' ? 0x81 : 0x82, payload.length), payload])
}

function header(first: number, length: number): Buffer {
  if (length < 126) return Buffer.from([first, length])
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 0xff])
  const long = Buffer.alloc(10)
  long[0] = first
  long[1] = 127
  long.writeUIntBE(length, 4, 6)
  return long
}
