import { Accounts, authorizeActor, type Core } from '@rushes/core'
import { buildWorld, type World } from '@rushes/core/testing'
import type { Db } from '@rushes/db'

/** Data to put load on: one project with files and comments, and a token that may do everything with it. */
export interface Estate {
  world: World
  token: string
  assetIds: string[]
}

const SCOPES = [
  'account.read',
  'team.read',
  'project.read',
  'asset.read',
  'asset.create',
  'asset.update',
  'comment.read',
  'comment.create',
] as const

/** Builds people and project through Core, then the many rows in one statement each (history: no events). */
export async function buildEstate(
  core: Core,
  db: Db,
  size: { assets: number; comments: number },
): Promise<Estate> {
  const world = await buildWorld(core, 'Load')
  const person = authorizeActor(world.ctx, Accounts.withSession)
  const { token } = await Accounts.createDeveloperToken(world.ctx, person, {
    description: 'load',
    scopes: [...SCOPES],
  })
  const client = await db.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    const assets = await client.query(
      `insert into assets (account_id, team_id, project_id, parent_id, creator_id, type, name, filesize, filetype, status, uploaded_at)
       select a.account_id, a.team_id, a.project_id, a.id, $2, 'file', 'clip ' || n || '.mp4', 1000000 + n, 'video/mp4', 'transcoded', now()
         from assets a, generate_series(1, $3::int) n where a.id = $1 returning id`,
      [world.rootId, world.userId, size.assets],
    )
    const assetIds = assets.rows.map((row) => row.id as string)
    await client.query(
      `insert into asset_media (asset_id, asset_type, progress, fps_num, fps_den, frames, duration, timecode, width, height, has_audio)
       select id, 'stream', 1, 25, 1, 1500, 60, '01:00:00:00', 1920, 1080, true from unnest($1::uuid[]) id`,
      [assetIds],
    )
    await client.query(
      `insert into asset_renditions (asset_id, name, role, field, key, content_type, width, height, fps, filesize)
       select id, field || '.mp4', 'mp4', field, 'renditions/' || id || '/' || field || '.mp4', 'video/mp4', 1280, 720, 25, 1000000
         from unnest($1::uuid[]) id, unnest(array['h264_360', 'h264_540', 'h264_720', 'h264_1080_best']) field`,
      [assetIds],
    )
    await client.query(
      `insert into comments (project_id, asset_id, owner_id, text, timestamp, inserted_at)
       select $1, ($2::uuid[])[1 + n % array_length($2::uuid[], 1)], $3, 'comment ' || n, n % 1500, now() - make_interval(secs => n)
         from generate_series(1, $4::int) n`,
      [world.projectId, assetIds, world.userId, size.comments],
    )
    await client.query('vacuum analyze')
    return { world, token, assetIds }
  } finally {
    client.release()
  }
}
