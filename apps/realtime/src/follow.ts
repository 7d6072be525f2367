import { metrics } from '@rushes/monitoring'
import type { Live, LiveEvent } from './live.ts'
import { groupOf, type ProjectStream, type View } from './project-stream.ts'
import type { ProjectStreams } from './project-streams.ts'
import type { Channel, Payload } from './protocol/index.ts'
import { cursorOf, replayPage, resumption } from './resume.ts'

/**
 * Lets a channel follow a project's log: from its cursor on without a gap when it has one, from now on otherwise. The
 * answer is the reply to the join, `{epoch, head_seq, resumed, reason?}`; what was missed follows it, then what is new.
 * @throws Refused `invalid_cursor`
 */
export async function follow(
  channel: Channel<unknown>,
  { live, streams }: { readonly live: Live; readonly streams: ProjectStreams },
  projectId: string,
  audience: string,
  payload: Payload,
): Promise<Payload> {
  const cursor = cursorOf(payload)
  const opening = streams.open(projectId)
  channel.onEnd(() => streams.close(projectId))
  const [stream, epoch] = await Promise.all([opening, live.epoch()])
  // A client may know a newer seq from HTTP than this process has heard of.
  await stream.catchUp()
  const head = stream.seq
  const { after, missed, ...resumed } = await resumption(live, { projectId, audience, head, epoch }, cursor)
  metrics.count('realtime.resume', 1, { result: resumed.reason ?? (resumed.resumed ? 'resumed' : 'afresh') })
  const read = (seq: number) => live.read(projectId, seq, replayPage, [audience])
  channel.enqueue(() => replay(channel, stream, { topic: channel.topic, audience }, after, missed, read))
  return { epoch, head_seq: head, ...resumed }
}

/**
 * Sends what the stream has told others, page by page, and subscribes at the very moment when nothing is left: no await
 * stands between the last comparison and the subscription.
 */
async function replay(
  channel: Channel<unknown>,
  stream: ProjectStream,
  view: View,
  after: number,
  firstPage: readonly LiveEvent[],
  read: (seq: number) => Promise<readonly LiveEvent[]>,
) {
  let seq = after
  let page = firstPage
  while (channel.open) {
    const known = page.filter((event) => event.seq > seq && event.seq <= stream.seq)
    for (const event of known) send(channel, event, view.audience)
    seq = known.at(-1)?.seq ?? seq
    if (seq >= stream.seq) return subscribe(channel, stream, view)
    await channel.ready()
    page = await read(seq)
    if (page.length === 0) throw new Error(`events after ${seq} are gone`)
  }
}

function send(channel: Channel<unknown>, { type, told }: LiveEvent, audience: string) {
  const body = told.get(audience)
  if (body !== undefined) channel.push(type, body)
}

function subscribe(channel: Channel<unknown>, stream: ProjectStream, view: View) {
  stream.show(view)
  channel.onEnd(() => stream.hide(view))
  channel.subscribe(groupOf(view))
}
