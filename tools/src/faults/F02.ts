import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { testCore } from '@rushes/core/testing'
import type { Db } from '@rushes/db'
import { findTools, makeDemoClip, rational } from '@rushes/media'
import { type AppProcess, startApps } from '../load/app-process.ts'
import { openTarget } from '../load/client.ts'
import { buildEstate, type Estate } from '../load/estate.ts'
import type { RunOptions } from '../run-named.ts'

const WORKER = ['api', 'events', 'cron']

/**
 * F02: a worker is killed -9 in the middle of a transcode, and ffmpeg and all it left running looked for afterwards. Another
 * worker must take the job over within a minute and end it exactly once. The control: while there is no other, it stays undone.
 */
export async function run({ quick }: RunOptions): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-f02-'))
  try {
    await using test = await testCore()
    const estate = await buildEstate(test.core, test.database.db, { assets: 1, comments: 1 })
    const clip = await makeClip(folder, quick ? 12 : 40)
    const times: number[] = []
    let [orphans, unfinished] = [0, 0]
    const rounds = quick ? 1 : 5
    for (let round = 0; round < rounds; round++) {
      const result = await killOnce(
        test.database.url,
        test.database.db,
        estate,
        join(folder, `data${round}`),
        clip,
      )
      times.push(result.seconds)
      orphans += result.orphans
      unfinished += result.unfinished
    }
    const { rows } = await test.database.db.pool.query<{ n: number }>(
      `select count(*) as n from events where type in ('asset.ready', 'asset.failed') group by aggregate_id`,
    )
    return {
      acked: rounds,
      lost: rounds - rows.length,
      doubled: rows.filter((row) => row.n > 1).length,
      control_lost: unfinished,
      taken_over_s_max: Math.max(...times),
      orphan_processes: orphans,
      notes: 'control: jobs that are still unfinished while no other worker runs',
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function makeClip(folder: string, seconds: number): Promise<Buffer> {
  const outFile = join(folder, 'clip.mp4')
  const size = { width: 1920, height: 1080 }
  await makeDemoClip({
    kind: 'ocean',
    seconds,
    size,
    fps: rational(25, 1),
    outFile,
    tools: await findTools({}),
  })
  return readFile(outFile)
}

async function killOnce(url: string, db: Db, estate: Estate, data: string, clip: Buffer) {
  await using first = await startApps(WORKER, url, data)
  const assetId = await upload(first, estate, clip)
  await until(db, assetId, `status = 'uploaded' and coalesce(m.progress, 0) > 0`)
  await first.kill()
  const killed = performance.now()
  const unfinished = Number(await isUnfinished(db, assetId))
  await using _second = await startApps(WORKER, url, data)
  const orphans = await countOrphans(data)
  await until(
    db,
    assetId,
    `exists (select from pgboss.job j where j.name = 'asset.transcode' and j.state = 'active' and j.retry_count > 0)`,
  )
  const seconds = Math.round((performance.now() - killed) / 100) / 10
  await until(db, assetId, `status in ('transcoded', 'failed')`)
  return { seconds, orphans, unfinished }
}

/** Whether the file is still waiting for its renditions three seconds after its only worker was killed. */
async function isUnfinished(db: Db, assetId: string): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const { rows } = await db.pool.query(`select from assets where id = $1 and status = 'uploaded'`, [assetId])
  return rows.length === 1
}

async function upload({ base }: AppProcess, { world, token }: Estate, clip: Buffer): Promise<string> {
  using target = openTarget(base, token, 1)
  const { body } = await target.send({
    method: 'POST',
    path: `/v2/assets/${world.rootId}/children`,
    body: JSON.stringify({ type: 'file', name: 'clip.mp4', filesize: clip.length }),
  })
  const { id, upload_urls } = JSON.parse(body) as { id: string; upload_urls: string[] }
  const size = Math.ceil(clip.length / upload_urls.length)
  for (const [index, address] of upload_urls.entries()) {
    const { pathname, search } = new URL(address)
    await fetch(base + pathname + search, {
      method: 'PUT',
      body: clip.subarray(index * size, (index + 1) * size),
    })
  }
  return id
}

async function until(db: Db, assetId: string, condition: string): Promise<void> {
  const end = performance.now() + 180_000
  for (;;) {
    const { rows } = await db.pool.query(
      `select from assets a left join asset_media m on m.asset_id = a.id where a.id = $1 and (${condition})`,
      [assetId],
    )
    if (rows.length > 0) return
    if (performance.now() > end) throw new Error(`not within three minutes: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Processes that still work on the folder's scratch space although their worker is gone. */
async function countOrphans(data: string): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args'])
  return stdout.split('\n').filter((line) => /ffmpeg|ffprobe/.test(line) && line.includes(data)).length
}
