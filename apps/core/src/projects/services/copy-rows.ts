import { sql } from 'kysely'
import type { Tx } from '../../context.ts'

/** What to copy, and for whom: below `top` only what they may see comes along. */
export interface CopyOrder {
  top: string
  target: { id: string; account_id: string; team_id: string; project_id: string }
  creatorId: string | null
  /** Private assets and team-only comments come along. */
  withPrivate: boolean
  withComments: boolean
}

/** A row that was made. `top`: it is the copy of what was asked for, all others lie below it. */
export interface CopiedRow {
  id: string
  top: boolean
  type: string
  name: string
  private: boolean
  filesize: number
  comments: number
  /** Its original is there and its renditions aren't yet. */
  unprocessed: boolean
  unchecked: boolean
}

/**
 * Copies an asset with all below it in one statement, so that it sees one moment of the source. No byte is copied: a copy's
 * rows name the objects of its source, which nobody may remove while a row names them. Uploads under way are left out.
 */
export async function copyRows(tx: Tx, order: CopyOrder): Promise<CopiedRow[]> {
  const { top, target, creatorId, withPrivate, withComments } = order
  const { rows } = await sql<CopiedRow>`
    with recursive source as (
      select a.*, gen_random_uuid() as copy_id, ${target.id}::uuid as copy_parent_id, 0 as depth
        from assets a where a.id = ${top} and a.deleted_at is null
      union all
      select c.*, gen_random_uuid(), s.copy_id, s.depth + 1 from assets c join source s on c.parent_id = s.id
       where c.deleted_at is null and (${withPrivate} or not c.private)
         and (c.type <> 'file' or c.original_key is not null)
         and (c.type <> 'version_stack' or exists (select from assets v where v.parent_id = c.id
              and v.deleted_at is null and v.original_key is not null and (${withPrivate} or not v.private)))
    ), remark as (
      select c.*, gen_random_uuid() as copy_id, s.copy_id as copy_asset_id from comments c join source s on s.id = c.asset_id
       where ${withComments} and c.deleted_at is null and (${withPrivate} or not c.private)
    ), copies as (
      insert into assets (id, account_id, team_id, project_id, parent_id, creator_id, type, name, description, properties, label,
        private, index, version_number, cover_asset_id, copied_from_id, filesize, filetype, status, original_key, sha256, xx_hash,
        inserted_at, uploaded_at, upload_completed_at, upload_failed_at, transcoded_at)
      select s.copy_id, ${target.account_id}, ${target.team_id}, ${target.project_id}, s.copy_parent_id, ${creatorId}::uuid, s.type, s.name,
        s.description, s.properties, s.label, s.private, s.index, case when s.depth > 0 then s.version_number end,
        cover.copy_id, s.id, s.filesize, s.filetype, s.status, s.original_key, s.sha256, s.xx_hash,
        -- A moment apart each, in the order in which they were made: folders list by it.
        now() + row_number() over (order by s.depth, s.inserted_at, s.id) * interval '1 microsecond', now(),
        s.upload_completed_at, s.upload_failed_at, s.transcoded_at
        from source s left join source cover on cover.id = s.cover_asset_id
    ), media as (
      insert into asset_media (asset_id, asset_type, progress, failure_code, failure_detail, fps_num, fps_den, frames, duration,
        timecode, drop_frame, variable_frame_rate, rotation, width, height, is_hdr, has_audio, probe, sprite)
      select s.copy_id, m.asset_type, m.progress, m.failure_code, m.failure_detail, m.fps_num, m.fps_den, m.frames, m.duration,
        m.timecode, m.drop_frame, m.variable_frame_rate, m.rotation, m.width, m.height, m.is_hdr, m.has_audio, m.probe, m.sprite
        from asset_media m join source s on s.id = m.asset_id
    ), renditions as (
      insert into asset_renditions (asset_id, name, role, field, key, content_type, width, height, fps, filesize)
      select s.copy_id, r.name, r.role, r.field, r.key, r.content_type, r.width, r.height, r.fps, r.filesize
        from asset_renditions r join source s on s.id = r.asset_id
    ), remarks as (
      insert into comments (id, project_id, asset_id, parent_id, owner_id, anonymous_user_id, text, annotation, timestamp, duration,
        page, pitch, yaw, fov, private, completed_at, completer_id, inserted_at, updated_at)
      select c.copy_id, ${target.project_id}, c.copy_asset_id, first.copy_id, c.owner_id, c.anonymous_user_id, c.text, c.annotation,
        c.timestamp, c.duration, c.page, c.pitch, c.yaw, c.fov, c.private, c.completed_at, c.completer_id, c.inserted_at, c.updated_at
        from remark c left join remark first on first.id = c.parent_id where c.parent_id is null or first.id is not null
      returning asset_id
    )
    select s.copy_id as id, s.depth = 0 as top, s.type, s.name, s.private, s.filesize,
      (select count(*) from remarks r where r.asset_id = s.copy_id) as comments,
      s.type = 'file' and s.status = 'uploaded' as unprocessed, s.type = 'file' and s.sha256 is null as unchecked
      from source s order by s.depth`.execute(tx)
  return rows
}

/** Gives copied stacks whose newest version was left out the newest that came along. */
export async function coverStacks(tx: Tx, ids: string[]): Promise<void> {
  await sql`update assets s set cover_asset_id = (
      select v.id from assets v where v.parent_id = s.id and v.deleted_at is null order by v.version_number desc limit 1)
    where s.id = any(${ids}::uuid[]) and s.type = 'version_stack' and s.cover_asset_id is null`.execute(tx)
}
