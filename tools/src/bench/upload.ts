import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testCore } from '@rushes/core/testing'
import { startApi } from '../load/app-process.ts'
import { buildEstate } from '../load/estate.ts'
import { median } from '../load/latency.ts'
import { watchMemory } from '../load/memory.ts'
import { openPutter } from '../load/put.ts'
import { type Uploader, uploaderTo } from '../load/uploader.ts'
import type { RunOptions } from '../run-named.ts'

const MIB = 2 ** 20
const PARALLEL = 8
const ROUNDS = 3

type Side = 'api' | 'floor'

/**
 * Eight files at once through V2, from `POST …/children` to the last part, against eight plain PUTs at once that a bare
 * server streams into files and syncs. Rounds alternate which goes first; both store on the same disk.
 */
export async function run({ quick }: Pick<RunOptions, 'quick'>): Promise<Record<string, unknown>> {
  await using test = await testCore()
  const { token, world } = await buildEstate(test.core, test.database.db, { assets: 1, comments: 0 })
  await using api = await startApi(test.database.url)
  await using floor = await startFloor()
  using putter = openPutter(PARALLEL)
  const file = randomFillSync(Buffer.allocUnsafe((quick ? 96 : 256) * MIB))
  const uploader = uploaderTo(api.base, token, world.rootId, putter)

  await uploader.upload(file)
  const memory = await watchMemory(api.pid)
  let uploaded: string[] = []
  const seconds: Record<Side, number>[] = []
  const sides: Record<Side, () => Promise<void>> = {
    api: async () => {
      uploaded = await eight(() => uploader.upload(file))
    },
    floor: async () => {
      await eight(() => putter.put(floor.url, file))
    },
  }
  for (let round = 0; round < ROUNDS; round++) {
    const [first, second]: [Side, Side] = round % 2 === 0 ? ['api', 'floor'] : ['floor', 'api']
    const one = await timed(sides[first])
    const other = await timed(sides[second])
    seconds.push(first === 'api' ? { api: one, floor: other } : { api: other, floor: one })
  }
  const growth = await memory.stop()
  return {
    ratio_to_file_write: rounded(median(seconds.map((round) => round.floor / round.api))),
    rss_growth_mib: growth,
    sha_ok: await allEqual(uploader, uploaded, file),
    mib_per_s: rounded((PARALLEL * file.length) / MIB / median(seconds.map((round) => round.api))),
    floor_mib_per_s: rounded((PARALLEL * file.length) / MIB / median(seconds.map((round) => round.floor))),
    file_mib: file.length / MIB,
    rounds: ROUNDS,
    seed: null,
    notes: `rss: highest over that after one upload${growth === null ? ' (null: this system has no /proc)' : ''}; sha: the eight files of the last round; seed null: nothing is left to chance`,
  }
}

function eight<T>(work: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: PARALLEL }, work))
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

async function allEqual(uploader: Uploader, uploaded: string[], file: Uint8Array): Promise<boolean> {
  const expected = createHash('sha256').update(file).digest('hex')
  for (const id of uploaded) if ((await uploader.downloadedSha256(id)) !== expected) return false
  return true
}

async function startFloor(): Promise<AsyncDisposable & { url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-floor-'))
  const program = fileURLToPath(new URL('../floor/upload-floor.ts', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await once(child.stdout!, 'data')
  return {
    url: `http://127.0.0.1:${String(port).trim()}/`,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit')
      child.kill()
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
