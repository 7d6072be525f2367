import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDoorbell } from './doorbell.ts'
import { testDatabase } from './testing.ts'

/** Resolves with the ids of the next ring that has `wanted`. */
function nextRing(bell: ReturnType<typeof openDoorbell>, wanted: string): Promise<string[]> {
  return new Promise((resolve) => {
    const listening = bell.listen((ids) => {
      if (!ids.includes(wanted)) return
      listening[Symbol.dispose]()
      resolve(ids)
    })
  })
}

/** Rings until the other process is connected and hears. */
async function ringUntilHeard(
  from: ReturnType<typeof openDoorbell>,
  heard: Promise<string[]>,
  id: string,
): Promise<string[]> {
  const repeat = setInterval(() => from.ring([id]), 20)
  try {
    return await heard
  } finally {
    clearInterval(repeat)
  }
}

test('a ring is heard in this process at once and in another through Postgres', async () => {
  await using database = await testDatabase()
  await using one = openDoorbell(database.url)
  await using two = openDoorbell(database.url)
  const near = nextRing(one, 'a')
  one.ring(['a'])
  assert.deepEqual(await near, ['a'])
  const far = await ringUntilHeard(one, nextRing(two, 'b'), 'b')
  assert.ok(far.includes('b'))
})

test('a broken connection comes back by itself', async () => {
  await using database = await testDatabase()
  await using one = openDoorbell(database.url)
  await using two = openDoorbell(database.url)
  await ringUntilHeard(one, nextRing(two, 'first'), 'first')
  await database.db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  const again = await ringUntilHeard(one, nextRing(two, 'second'), 'second')
  assert.ok(again.includes('second'))
})
