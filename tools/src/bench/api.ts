import { testCore } from '@rushes/core/testing'
import { startAssetFloor } from '../floor/asset-floor.ts'
import { startApi } from '../load/app-process.ts'
import { closedLoop, openLoop, openTarget, type Shot } from '../load/client.ts'
import { buildEstate, type Estate } from '../load/estate.ts'
import { median } from '../load/latency.ts'
import { randomFrom } from '../load/random.ts'
import type { RunOptions } from '../run-named.ts'

const FIXED_RATE = 120
const CONNECTIONS = 16
const ROUNDS = 3

/** What people do while they review, in parts of a hundred. */
const WEIGHTS = { asset: 40, children: 15, comments: 20, comment: 15, label: 5, project: 5 }

/**
 * The API under a mix at a fixed rate, then as fast as it goes, then `GET /v2/assets/{id}` beside bare Fastify with the very
 * same SQL. API, load and Postgres share the machine; floor and API take turns in one run.
 */
export async function run({ quick, seed }: RunOptions): Promise<Record<string, unknown>> {
  await using test = await testCore()
  const estate = await buildEstate(test.core, test.database.db, { assets: 2000, comments: 20_000 })
  await using api = await startApi(test.database.url)
  await using floor = await startAssetFloor(
    test.core,
    test.database.url,
    estate.token,
    estate.assetIds[0] ?? '',
  )
  const next = mix(estate, randomFrom(seed))
  const seconds = quick ? 4 : 20

  using target = openTarget(api.base, estate.token, CONNECTIONS)
  await closedLoop(target, next, CONNECTIONS, 2)
  const fixed = await openLoop(target, next, FIXED_RATE, quick ? 8 : 60)
  const sustained = await sustain(target, next, seconds)
  const ratios = await compare(api.base, floor.base, estate, seconds)
  return {
    p95_ms: fixed.p95,
    p99_ms: fixed.p99,
    sustained_rps: sustained.rate,
    sustained_p95_ms: sustained.p95,
    floor_ratio: median(ratios.map((round) => round.ratio)),
    asset_rps: median(ratios.map((round) => round.api)),
    floor_rps: median(ratios.map((round) => round.floor)),
    floor_statements: floor.statements,
    errors: fixed.errors + sustained.errors,
    weights: WEIGHTS,
    notes: `${FIXED_RATE}/s fixed, open loop; floor: bare Fastify doing the recorded statements of GET /v2/assets/{id}`,
  }
}

function mix({ assetIds, world }: Estate, random: () => number): () => Shot {
  const asset = () => `/v2/assets/${assetIds[Math.floor(random() * assetIds.length)]}`
  const shots: Record<keyof typeof WEIGHTS, () => Shot> = {
    asset: () => ({ method: 'GET', path: asset() }),
    children: () => ({
      method: 'GET',
      path: `/v2/assets/${world.rootId}/children?page_size=20&page=${1 + Math.floor(random() * 20)}`,
    }),
    comments: () => ({ method: 'GET', path: `${asset()}/comments` }),
    comment: () => ({
      method: 'POST',
      path: `${asset()}/comments`,
      body: '{"text":"A little brighter here","timestamp":42}',
    }),
    label: () => ({
      method: 'POST',
      path: `${asset()}/label`,
      body: `{"label":"${random() < 0.5 ? 'approved' : 'in_progress'}"}`,
    }),
    project: () => ({ method: 'GET', path: `/v2/projects/${world.projectId}` }),
  }
  const deck = Object.entries(WEIGHTS).flatMap(([name, weight]) =>
    Array<() => Shot>(weight).fill(shots[name as keyof typeof WEIGHTS]),
  )
  return () => (deck[Math.floor(random() * deck.length)] ?? shots.asset)()
}

/** The most requests a second, over a few numbers of connections, at which 95 % are answered within 30 ms. */
async function sustain(target: ReturnType<typeof openTarget>, next: () => Shot, seconds: number) {
  let best = { rate: 0, p95: Number.NaN, errors: 0 }
  for (const connections of [4, 8, CONNECTIONS]) {
    const run = await closedLoop(target, next, connections, seconds / 2)
    const errors = best.errors + run.errors
    best =
      run.p95 <= 30 && run.perSecond > best.rate
        ? { rate: run.perSecond, p95: run.p95, errors }
        : { ...best, errors }
  }
  return best
}

async function compare(api: string, floor: string, { token, assetIds }: Estate, seconds: number) {
  const rounds: { ratio: number; api: number; floor: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const floorRate = await rate(floor, token, (id) => `/floor/${id}`, assetIds, seconds / 2)
    const apiRate = await rate(api, token, (id) => `/v2/assets/${id}`, assetIds, seconds / 2)
    rounds.push({ ratio: Math.round((apiRate / floorRate) * 1000) / 1000, api: apiRate, floor: floorRate })
  }
  return rounds
}

async function rate(
  base: string,
  token: string,
  path: (id: string) => string,
  assetIds: string[],
  seconds: number,
): Promise<number> {
  using target = openTarget(base, token, CONNECTIONS)
  let n = 0
  const next = (): Shot => ({ method: 'GET', path: path(assetIds[n++ % assetIds.length] ?? '') })
  return (await closedLoop(target, next, CONNECTIONS, seconds)).perSecond
}
