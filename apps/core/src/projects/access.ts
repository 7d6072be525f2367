import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'

/** How an actor stands to a project, strongest first. `system` is a job of ours. */
export type Role =
  | 'system'
  | 'owner'
  | 'admin'
  | 'team_manager'
  | 'member'
  | 'collaborator'
  | 'staff'
  | 'guest'

/** What the access columns add to a row of a project. */
export interface Access {
  role: Role
  can_download: boolean
  can_invite: boolean
  can_share: boolean
  can_comment: boolean
}

/** SQL: the project's newest seq, read before what a snapshot shows; a socket that resumes from it misses nothing. */
export const projectSeq = sql<number>`(select h.seq from project_heads h where h.project_id = p.id) as project_seq`

interface AccessSql {
  columns: RawBuilder<unknown>
  joins: RawBuilder<unknown>
}

/**
 * SQL that says how `actor` stands to each row of project `p` (alias) and its account: joins, and columns `role` (null: no
 * business there) and `can_*`. Written once, so that single look-ups and lists can't disagree.
 */
export function accessOf(actor: Actor): AccessSql {
  switch (actor.kind) {
    case 'user':
      return userAccess(actor.userId)
    case 'guest':
      return guestAccess(actor.anonymousUserId, actor.reviewLinkId)
    case 'system':
      return { columns: constant('system', true), joins: sql`` }
    case 'staff':
      return { columns: constant('staff', false), joins: sql`` }
    case 'anonymous':
      return { columns: constant(null, false), joins: sql`` }
  }
}

function constant(role: Role | null, can: boolean) {
  return sql`${sql.lit(role)}::text as role, ${sql.lit(can)} as can_download, ${sql.lit(can)} as can_invite,
    ${sql.lit(can)} as can_share, ${sql.lit(can)} as can_comment`
}

function userAccess(userId: string): AccessSql {
  const role = sql`case
    when access_account.owner_id = ${userId} then 'owner'
    when access_admin.role = 'admin' then 'admin'
    when access_team.role = 'team_manager' then 'team_manager'
    when access_team.role = 'member' and (not p.private or p.owner_id = ${userId} or access_collaborator.id is not null) then 'member'
    when access_collaborator.id is not null then 'collaborator' end`
  const unlessCollaborator = (preference: RawBuilder<unknown>) =>
    sql`(access_account.owner_id = ${userId} or access_admin.role is not distinct from 'admin' or access_team.id is not null or ${preference})`
  return {
    columns: sql`${role} as role,
      ${unlessCollaborator(sql`access_preferences.collaborator_can_download`)} as can_download,
      ${unlessCollaborator(sql`access_preferences.collaborator_can_invite`)} as can_invite,
      ${unlessCollaborator(sql`access_preferences.collaborator_can_share`)} as can_share,
      true as can_comment`,
    joins: sql`
      join accounts access_account on access_account.id = p.account_id
      left join account_members access_admin on access_admin.account_id = p.account_id and access_admin.user_id = ${userId}
      left join team_members access_team on access_team.team_id = p.team_id and access_team.user_id = ${userId}
      left join collaborators access_collaborator on access_collaborator.project_id = p.id and access_collaborator.user_id = ${userId}
      left join project_preferences access_preferences on access_preferences.project_id = p.id and access_preferences.user_id is null`,
  }
}

/** A guest's standing ends with the link: off, deleted, expired, or its password changed since the guest came in. */
function guestAccess(anonymousUserId: string, reviewLinkId: string): AccessSql {
  return {
    columns: sql`case when access_guest.id is not null then 'guest' end as role,
      coalesce(access_link.enable_downloading, false) as can_download, false as can_invite, false as can_share,
      coalesce(access_link.enable_comments, false) as can_comment`,
    joins: sql`
      left join review_links access_link on access_link.project_id = p.id and access_link.id = ${reviewLinkId}
        and access_link.is_active and access_link.deleted_at is null
        and (access_link.expires_at is null or access_link.expires_at > now())
      left join anonymous_users access_guest on access_guest.id = ${anonymousUserId}
        and access_guest.review_link_id = access_link.id and access_guest.deleted_at is null
        and (access_link.password_changed_at is null or access_guest.inserted_at >= access_link.password_changed_at)`,
  }
}

/**
 * SQL: whether the actor, standing as the access columns of `row` say, may know of the asset `row`. Private branches are
 * for the team; a guest sees what hangs below the link's items, and only the newest versions where the link says so.
 */
export function assetVisible(actor: Actor, row = sql.ref('row')): RawBuilder<boolean> {
  if (actor.kind === 'guest')
    return sql`(${row}.role is not null
      and exists (select from asset_path(${row}.id) step join review_link_items item on item.asset_id = step.id
                   where item.review_link_id = ${actor.reviewLinkId})
      and not exists (select from asset_path(${row}.id) step where step.private)
      and ${linkShows(actor.reviewLinkId, row)})`
  return sql`(${row}.role is not null and (${row}.role <> 'collaborator'
      or not exists (select from asset_path(${row}.id) step where step.private)))`
}

/** SQL: whether the link, which may be for newest versions only, shows the asset `row`. */
function linkShows(reviewLinkId: string, row: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`not exists (select from review_links link join assets stack on stack.id = ${row}.parent_id
    where link.id = ${reviewLinkId} and link.current_version_only
      and stack.type = 'version_stack' and stack.cover_asset_id is distinct from ${row}.id)`
}

/** SQL: as `assetVisible`, for the children `row` of an asset that this actor was let at with `role`: the rest is known. */
export function childVisible(actor: Actor, role: Role, row = sql.ref('row')): RawBuilder<boolean> {
  if (actor.kind === 'guest') return sql`(not ${row}.private and ${linkShows(actor.reviewLinkId, row)})`
  return isTeam(role) ? sql`true` : sql`not ${row}.private`
}

const TEAM: ReadonlySet<Role> = new Set<Role>(['system', 'owner', 'admin', 'team_manager', 'member'])

/** Whether this standing sees what is for the team only: private assets and team-only comments. */
export function isTeam(role: Role): boolean {
  return TEAM.has(role) || role === 'staff'
}

/** Whether this standing may change things beyond its own (staff only look). */
export function isEditor(role: Role): boolean {
  return TEAM.has(role)
}

/** Whether this standing manages people and settings. */
export function isManager(role: Role): boolean {
  return TEAM.has(role) && role !== 'member'
}
