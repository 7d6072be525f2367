import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import fc from 'fast-check'
import { MemoryLive } from './memory-live.ts'
import { longestAbsence, mostMissed, replayPage } from './resume.ts'
import { follower, phoenixClient, testRealtime } from './testing.ts'

const project = randomUUID()
const topic = `projects:${project}`

function withMembers() {
  const live = new MemoryLive()
  live.allow('ana', topic, project, 'team')
  live.allow('ben', topic, project, 'team')
  live.allow('col', topic, project, 'everyone')
  return live
}

const everyone = (text: string) => ({ team: { text }, everyone: { text } })

test('what one commits, another sees at once', async () => {
  await using running = await testRealtime({}, withMembers())
  using ben = await follower(running.url, 'token-ben', topic)
  await ben.until(({ joins }) => joins.length === 1)
  assert.deepEqual(ben.seen.joins, [{ epoch: 'one', head_seq: 0, resumed: false }])
  const before = performance.now()
  running.live.commit(project, 'comment.created', everyone('here'))
  await ben.until(({ events }) => events.length === 1)
  assert.ok(performance.now() - before < 1000)
  assert.deepEqual(ben.seen.events, [{ name: 'comment.created', text: 'here', seq: 1 }])
})

test('what only the team may know is not told to collaborators', async () => {
  await using running = await testRealtime({}, withMembers())
  using ana = await follower(running.url, 'token-ana', topic)
  using col = await follower(running.url, 'token-col', topic)
  for (const { until } of [ana, col]) await until(({ joins }) => joins.length === 1)
  running.live.commit(project, 'comment.created', { team: { text: 'between us' } })
  running.live.commit(project, 'comment.created', everyone('to all'))
  for (const { until } of [ana, col]) await until(({ events }) => events.at(-1)?.seq === 2)
  assert.deepEqual(
    ana.seen.events.map(({ seq }) => seq),
    [1, 2],
  )
  assert.deepEqual(
    col.seen.events.map(({ seq }) => seq),
    [2],
  )
})

test('a lost doorbell costs a second, not an event', async () => {
  await using running = await testRealtime({ pollMs: 50 }, withMembers())
  using ben = await follower(running.url, 'token-ben', topic)
  await ben.until(({ joins }) => joins.length === 1)
  running.live.deaf = true
  running.live.commit(project, 'comment.created', everyone('unheard'))
  await ben.until(({ events }) => events.length === 1)
})

test('a cursor that can not be resumed says why, and the client goes on from now', async () => {
  const live = withMembers()
  for (let n = 0; n < mostMissed + 1; n++) live.commit(project, 'comment.created', everyone(`${n}`))
  await using running = await testRealtime({}, live)
  using client = phoenixClient(running.url, 'token-ana')
  const head_seq = mostMissed + 1
  const reply = async (cursor: object) => {
    const { channel, joined } = client.join(topic, cursor)
    const answer = await joined
    channel.leave()
    return answer
  }
  const refused = (reason: string) => ['ok', { epoch: 'one', head_seq, resumed: false, reason }]
  assert.deepEqual(await reply({ last_seq: 0 }), refused('history_expired'))
  assert.deepEqual(await reply({ last_seq: head_seq + 1 }), refused('future_cursor'))
  assert.deepEqual(await reply({ last_seq: head_seq, epoch: 'two' }), refused('epoch_changed'))
  assert.deepEqual(await reply({ last_seq: head_seq, epoch: 'one' }), [
    'ok',
    { epoch: 'one', head_seq, resumed: true },
  ])
  assert.deepEqual(await reply({ last_seq: 1 }), ['ok', { epoch: 'one', head_seq, resumed: true }])
  for (const last_seq of [-1, 1.5, '1', {}, 2 ** 60]) {
    assert.deepEqual(await reply({ last_seq }), ['error', { reason: 'invalid_cursor' }])
  }
})

test('a cursor older than a week, or before what is kept, is expired', async () => {
  const live = withMembers()
  live.commit(project, 'comment.created', everyone('old'), {
    at: new Date(Date.now() - longestAbsence - 1000),
  })
  live.commit(project, 'comment.created', everyone('new'))
  await using running = await testRealtime({}, live)
  using client = phoenixClient(running.url, 'token-ana')
  const first = client.join(topic, { last_seq: 0 })
  assert.equal((await first.joined)[1].reason, 'history_expired')
  first.channel.leave()
  const second = client.join(topic, { last_seq: 1 })
  assert.equal((await second.joined)[1].resumed, true)
})

test('what is committed during each read of a replay comes once and in order', async () => {
  const live = withMembers()
  for (let n = 0; n < 3; n++) live.commit(project, 'e', everyone(''))
  // What is replayed is old by the time it arrives: the stream has gone on.
  live.turns = (limit) => (limit === replayPage ? 4 : 1)
  let left = 40
  live.whileReading = () => {
    if (left-- > 0) live.commit(project, 'e', everyone(''))
  }
  await using running = await testRealtime({}, live)
  using first = await follower(running.url, 'token-ana', topic, 0)
  using second = await follower(running.url, 'token-col', topic, 1)
  for (const { until } of [first, second]) await until(({ events }) => events.at(-1)?.seq === 43)
  assert.deepEqual(
    first.seen.events.map(({ seq }) => seq),
    Array.from({ length: 43 }, (_, n) => n + 1),
  )
  assert.equal(second.seen.events.length, 42)
})

test('whatever is committed while clients come, go and lose their sockets arrives once and in order', async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 5 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('join' as const),
        person: fc.constantFrom('ana', 'ben', 'col'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('deaf' as const), deaf: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 15 }) }),
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const live = withMembers()
      live.turns = () => Math.floor(Math.random() * 4)
      await using running = await testRealtime({ pollMs: 25 }, live)
      using clients = new DisposableStack()
      const followers: [person: string, Awaited<ReturnType<typeof follower>>][] = []
      const join = async (person: string) => {
        const one = await follower(running.url, `token-${person}`, topic, 0)
        clients.use(one)
        followers.push([person, one])
      }
      await join('ana')
      for (const step of steps) {
        if (step.do === 'commit') {
          for (let n = 0; n < step.count; n++)
            live.commit(project, 'e', n % 3 === 2 ? { team: {} } : everyone(''))
        } else if (step.do === 'kill') running.cut()
        else if (step.do === 'join' && followers.length < 6) await join(step.person)
        else if (step.do === 'deaf') live.deaf = step.deaf
        else if (step.do === 'wait') await after(step.ms)
      }
      const last = live.commit(project, 'e', everyone('last'))
      const log = live.logs.get(project) ?? []
      for (const [person, { until, seen }] of followers) {
        await until(({ events }) => events.at(-1)?.seq === last)
        const audience = person === 'col' ? 'everyone' : 'team'
        const due = log.filter(({ told }) => told.has(audience)).map(({ seq }) => seq)
        assert.deepEqual(
          seen.events.map(({ seq }) => seq),
          due,
        )
      }
    }),
    { numRuns: 25 },
  )
})
