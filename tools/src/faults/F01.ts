import { testCore } from '@rushes/core/testing'
import { accountFor } from '../load/account-for.ts'
import { type AppProcess, startApi } from '../load/app-process.ts'
import { startEarlyAck } from '../load/early-ack.ts'
import { buildEstate, type Estate } from '../load/estate.ts'
import { startWriters } from '../load/ledger.ts'
import { randomFrom } from '../load/random.ts'
import type { RunOptions } from '../run-named.ts'

const WRITERS = 16

/**
 * F01: the API is killed -9 again and again while clients write. Nothing acknowledged may be missing or there twice, each
 * comment has its event, and unknown outcomes are resolved by asking again with the same idempotency key. The control puts
 * a server that acknowledges too early in front: it must lose.
 */
export async function run({ quick, seed }: RunOptions): Promise<Record<string, unknown>> {
  await using test = await testCore()
  const estate = await buildEstate(test.core, test.database.db, { assets: 50, comments: 100 })
  await using api = await startApi(test.database.url)
  const random = randomFrom(seed)
  const kills = quick ? 6 : 20

  const readyMs: number[] = []
  const writers = startWriters(api.base, estate, WRITERS, 'f01')
  for (let n = 0; n < kills; n++) readyMs.push(await killOnce(api, random))
  await writers.stop()
  const account = await accountFor(test.database.db, writers, 'f01')

  const control = await runControl(api, estate, random, quick ? 2 : 4)
  const lost = await accountFor(test.database.db, control, 'control')
  return {
    kills,
    ...account,
    unknown: writers.unclear.size,
    unknown_resolved: writers.unclear.size - writers.unknown.size,
    answers_500: writers.failures.length,
    ready_ms_max: Math.round(Math.max(...readyMs)),
    control_acked: lost.acked,
    control_lost: lost.lost,
    notes: 'control: a server in front that acknowledges before it forwards',
  }
}

/** Lets the writers write for a moment, kills the API and starts it again; returns how long until it was ready, in ms. */
async function killOnce(api: AppProcess, random: () => number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 300 + random() * 700))
  await api.kill()
  const killed = performance.now()
  await api.restart()
  return performance.now() - killed
}

async function runControl(api: AppProcess, estate: Estate, random: () => number, kills: number) {
  await using early = await startEarlyAck(api.base)
  const writers = startWriters(early.base, estate, WRITERS, 'control')
  for (let n = 0; n < kills; n++) await killOnce(api, random)
  await writers.stop()
  return writers
}
