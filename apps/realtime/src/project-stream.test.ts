import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryLive } from './memory-live.ts'
import { ProjectStream } from './project-stream.ts'

const project = 'a project'

function scene() {
  const live = new MemoryLive()
  const heard: string[] = []
  const server = {
    broadcast: (group: string, _event: string, body: object) =>
      void heard.push(`${group} ${(body as { seq: number }).seq}`),
  }
  return { live, heard, stream: new ProjectStream({ live, server, told: () => {} }, project, 0) }
}

test('who subscribes during a read, as the first of an audience, hears what that read finds', async () => {
  const { live, heard, stream } = scene()
  stream.show({ topic: 't', audience: 'team' })
  live.whileReading = () => {
    live.whileReading = () => {}
    stream.show({ topic: 't', audience: 'everyone' })
  }
  live.commit(project, 'e', { team: {}, everyone: {} })
  await stream.catchUp()
  assert.deepEqual(heard, ['t team 1', 't everyone 1'])
})

test('a call to catch up sees what was committed before it, also when a read is under way', async () => {
  const { live, heard, stream } = scene()
  stream.show({ topic: 't', audience: 'team' })
  let second: Promise<void> | undefined
  live.whileReading = () => {
    live.whileReading = () => {}
    live.commit(project, 'e', { team: {} })
    second = stream.catchUp()
  }
  await stream.catchUp()
  assert.deepEqual(heard, [], 'committed after the snapshot')
  await second
  assert.deepEqual(heard, ['t team 1'])
  assert.equal(stream.seq, 1)
})

test('a failed read is told to whoever waits, and the next goes on from where it was', async () => {
  const { live, heard, stream } = scene()
  stream.show({ topic: 't', audience: 'team' })
  live.commit(project, 'e', { team: {} })
  live.whileReading = () => {
    throw new Error('no database')
  }
  await assert.rejects(stream.catchUp(), /no database/)
  live.whileReading = () => {}
  await stream.catchUp()
  assert.deepEqual(heard, ['t team 1'])
})

test('nobody is told once the last follower of a view is gone', async () => {
  const { live, heard, stream } = scene()
  const view = { topic: 't', audience: 'team' }
  stream.show(view)
  stream.show(view)
  stream.hide(view)
  live.commit(project, 'e', { team: {} })
  await stream.catchUp()
  stream.hide(view)
  live.commit(project, 'e', { team: {} })
  await stream.catchUp()
  assert.deepEqual(heard, ['t team 1'])
  assert.equal(stream.seq, 2)
})
