import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Log } from '@rushes/core'
import { freePort } from '@rushes/db/embedded'
import { testDatabase } from '@rushes/db/testing'
import { type Config, readConfig } from './config/config.ts'
import { startUmbrella, type Umbrella } from './umbrella.ts'

export interface TestUmbrellaOptions {
  /** The apps to start; all of them unless said. */
  apps?: readonly string[]
  /** What differs from the configuration of a test: sign-up on, webhooks to loopback allowed, no demo. */
  config?: Partial<Config>
}

/** A real Rushes for one test. Disposal stops it, and fails when lanes, jobs or connections were left with something to do. */
export interface TestUmbrella extends Umbrella {
  readonly config: Config
}

/** Boots the whole umbrella, or some apps, on random ports with a cloned database and a data folder of its own. */
export async function testUmbrella({
  apps,
  config: changes,
}: TestUmbrellaOptions = {}): Promise<TestUmbrella> {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'rushes-umbrella-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const config = { ...(await testConfig(folder, database.url)), ...changes }
  const umbrella = stack.use(await startUmbrella({ config, ...(apps && { apps }) }))
  const owned = stack.move()
  return {
    ...umbrella,
    config,
    async [Symbol.asyncDispose]() {
      try {
        await refuseLeftovers(umbrella)
      } finally {
        await owned.disposeAsync()
      }
    },
  }
}

async function testConfig(folder: string, databaseUrl: string): Promise<Config> {
  const front = await freePort()
  const { PATH } = process.env
  const config = readConfig({
    ...(PATH && { PATH }),
    RUSHES_PORT: String(front),
    RUSHES_DATA_DIR: join(folder, 'data'),
    RUSHES_SIGN_UP: 'on',
    RUSHES_LOCAL_WEBHOOKS: 'on',
    DATABASE_URL: databaseUrl,
  })
  // The front door's port stands in links, so it is chosen before; the others take what is free.
  return { ...config, ports: { front, api: 0, support: 0, munger: 0, mail: 0, realtime: 0, postgres: 0 } }
}

const SETTLE_MS = 60_000
const RETURN_MS = 2_000

async function refuseLeftovers(umbrella: Umbrella): Promise<void> {
  await within(SETTLE_MS, umbrella.settle(), 'lanes or jobs still have work a minute after the test')
  const dead = (await Log.readLanes(umbrella.core)).filter((lane) => lane.dead > 0)
  assert.deepEqual(dead, [], 'lanes gave up on events')
  await within(RETURN_MS, returned(umbrella), 'connections were taken from a pool and not given back')
}

async function returned(umbrella: Umbrella): Promise<void> {
  while (umbrella.busyConnections() > 0) await wait(5)
}

async function within(ms: number, work: Promise<void>, complaint: string): Promise<void> {
  const late = new AbortController()
  const timeout = wait(ms, true, { signal: late.signal }).catch(() => false)
  const isLate = await Promise.race([work.then(() => false), timeout])
  late.abort()
  assert.ok(!isLate, complaint)
}
