import { BadFrame } from './errors.ts'
import { type Message, message, type Outgoing } from './message.ts'

const kinds = { push: 0, reply: 1, broadcast: 2 } as const
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a client's binary push: `00 | len(join_ref) len(ref) len(topic) len(event) | join_ref ref topic event | data`.
 * @throws BadFrame when it is truncated, of another kind, or not UTF-8
 */
export function decodeBinary(frame: Uint8Array): Message {
  if (frame[0] !== kinds.push || frame.length < 5) throw new BadFrame('binary frames must be pushes')
  let at = 5
  const take = (length: number) => {
    if (at + length > frame.length) throw new BadFrame('truncated binary frame')
    at += length
    return text(frame.subarray(at - length, at))
  }
  const [joinRef, ref, topic, event] = [1, 2, 3, 4].map((index) => take(frame[index] ?? 0))
  return { ...message(joinRef || null, ref || null, topic, event, {}), payload: frame.subarray(at) }
}

/**
 * Writes a server's binary push, reply or broadcast; a push carries no ref.
 * @throws RangeError when a field is longer than 255 bytes
 */
export function encodeBinary(outgoing: Outgoing, data: Uint8Array): Buffer {
  const fields = fieldsOf(outgoing).map((field) => Buffer.from(String(field ?? '')))
  const lengths = fields.map((field) => {
    if (field.length > 255) throw new RangeError('a field of a binary frame has at most 255 bytes')
    return field.length
  })
  return Buffer.concat([Buffer.from([kinds[outgoing.kind], ...lengths]), ...fields, data])
}

function fieldsOf(outgoing: Outgoing) {
  switch (outgoing.kind) {
    case 'push':
      return [outgoing.joinRef, outgoing.topic, outgoing.event]
    case 'reply':
      return [outgoing.joinRef, outgoing.ref, outgoing.topic, outgoing.status]
    case 'broadcast':
      return [outgoing.topic, outgoing.event]
  }
}

function text(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new BadFrame('binary frame fields must be UTF-8')
  }
}
