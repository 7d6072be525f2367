import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testCore } from '@rushes/core/testing'
import { type EmbeddedServer, startEmbedded } from '@rushes/db/embedded'
import { accountFor } from '../load/account-for.ts'
import { startApi, untilReady } from '../load/app-process.ts'
import { buildEstate, type Estate } from '../load/estate.ts'
import { startWriters, type Writers } from '../load/ledger.ts'
import { randomFrom } from '../load/random.ts'
import type { RunOptions } from '../run-named.ts'

const WRITERS = 16

/**
 * F04: the whole Postgres tree is killed -9 again and again while clients write through the API. Nothing acknowledged may be
 * missing or there twice; meanwhile the API answers 503, never 500, and heals by itself. The control turns
 * synchronous_commit off: it must lose.
 */
export async function run({ quick, seed }: RunOptions): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-f04-'))
  // The server may run as another user, who has to get to its own folder in here.
  await chmod(folder, 0o711)
  try {
    await using server = await startEmbedded({ folder: join(folder, 'postgres'), port: 0 })
    return await runOn(server, { kills: quick ? 5 : 20, seed })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runOn(server: EmbeddedServer, { kills, seed }: { kills: number; seed: number }) {
  process.env.RUSHES_TEST_PG = server.url
  await using test = await testCore()
  const { db } = test.database
  const estate = await buildEstate(test.core, db, { assets: 50, comments: 100 })
  await using api = await startApi(test.database.url)
  const random = randomFrom(seed)

  const { writers, backMs } = await storm(server, api.base, estate, { prefix: 'f04', kills, random })
  const account = await accountFor(db, writers, 'f04')

  await db.pool.query(
    `do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$`,
  )
  await api.kill()
  await api.restart()
  const broken = await storm(server, api.base, estate, {
    prefix: 'control',
    kills: Math.min(kills, 5),
    random,
  })
  const lost = await accountFor(db, broken.writers, 'control')
  return {
    kills,
    ...account,
    unknown: writers.unclear.size,
    unknown_resolved: writers.unclear.size - writers.unknown.size,
    answers_500: writers.failures.length,
    failures: writers.failures.slice(0, 3),
    back_ms_max: Math.round(Math.max(...backMs)),
    control_acked: lost.acked,
    control_lost: lost.lost,
    notes: 'control: synchronous_commit = off',
  }
}

interface Storm {
  prefix: string
  kills: number
  random: () => number
}

async function storm(server: EmbeddedServer, base: string, estate: Estate, { prefix, kills, random }: Storm) {
  const writers: Writers = startWriters(base, estate, WRITERS, prefix)
  const backMs: number[] = []
  for (let n = 0; n < kills; n++) {
    await new Promise((resolve) => setTimeout(resolve, 500 + random() * 1000))
    await killTree(server.pid)
    const killed = performance.now()
    await untilReady(base)
    backMs.push(performance.now() - killed)
  }
  await writers.stop()
  return { writers, backMs }
}

/** Kills a process and its children at once: the postmaster alone would leave backends that still write. */
async function killTree(pid: number): Promise<void> {
  for (const one of [pid, ...(await childrenOf(pid))])
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It ended by itself between the look and the kill.
    }
}

async function childrenOf(pid: number): Promise<number[]> {
  const lists = await Promise.all(
    (await readdir(`/proc/${pid}/task`)).map((task) =>
      readFile(`/proc/${pid}/task/${task}/children`, 'utf8'),
    ),
  )
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number))
}
