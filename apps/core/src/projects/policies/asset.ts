import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'
import { type Access, accessOf, assetVisible, isEditor, projectSeq } from '../access.ts'

export type AssetRow = Selectable<Tables['assets']>
/** An asset with how the actor stands to it. */
export type AccessibleAsset = AssetRow & Access & { project_deleted: boolean; project_seq: number }

/** The asset as `ctx.actor` may see it; deleted ones only when asked for. */
export async function findAsset(ctx: Ctx, id: string, deleted: boolean): Promise<AccessibleAsset | null> {
  const access = accessOf(ctx.actor)
  const { rows } = await sql<AccessibleAsset>`
    select row.* from (
      select a.*, p.deleted_at is not null as project_deleted, ${projectSeq}, ${access.columns}
        from assets a join projects p on p.id = a.project_id ${access.joins}
       where a.id = ${id} and a.hard_deleted_at is null and (${deleted} or (a.deleted_at is null and p.deleted_at is null))
    ) row where ${assetVisible(ctx.actor)}`.execute(ctx.db)
  return rows[0] ?? null
}

const live = { find: (ctx: Ctx, id: string) => findAsset(ctx, id, false) }
const withDeleted = { find: (ctx: Ctx, id: string) => findAsset(ctx, id, true) }
const own = (ctx: Ctx, row: AccessibleAsset) =>
  ctx.actor.kind === 'user' && row.creator_id === ctx.actor.userId

export const readAsset = {
  name: 'asset.read',
  scope: 'asset.read',
  ...live,
  allows: () => true,
} satisfies Policy<AccessibleAsset, 'asset.read'>

/** As `readAsset` for an asset that a request names beside its subject: the route's own scope is then the token's. */
export const seeAsset = { ...readAsset, name: 'asset.see', scope: null } satisfies Policy<
  AccessibleAsset,
  'asset.see'
>

/** As `readAsset`, for routes that may ask for what is in the trash. */
export const readDeletedAsset = {
  name: 'asset.read_deleted',
  scope: 'asset.read',
  ...withDeleted,
  allows: () => true,
} satisfies Policy<AccessibleAsset, 'asset.read_deleted'>

export const addToAsset = {
  name: 'asset.create',
  scope: 'asset.create',
  ...live,
  allows: (_ctx, row) => isEditor(row.role) || row.role === 'collaborator',
} satisfies Policy<AccessibleAsset, 'asset.create'>

export const updateAssetPolicy = {
  name: 'asset.update',
  scope: 'asset.update',
  ...live,
  allows: (ctx, row) =>
    row.parent_id !== null && (isEditor(row.role) || (row.role === 'collaborator' && own(ctx, row))),
} satisfies Policy<AccessibleAsset, 'asset.update'>

/** Labels are the reviewers' verdict: collaborators set them too. */
export const labelAssetPolicy = {
  name: 'asset.label',
  scope: 'asset.update',
  ...live,
  allows: (_ctx, row) => row.parent_id !== null && (isEditor(row.role) || row.role === 'collaborator'),
} satisfies Policy<AccessibleAsset, 'asset.label'>

export const deleteAssetPolicy = {
  name: 'asset.delete',
  scope: 'asset.delete',
  ...live,
  allows: updateAssetPolicy.allows,
} satisfies Policy<AccessibleAsset, 'asset.delete'>

export const restoreAssetPolicy = {
  name: 'asset.restore',
  scope: 'asset.update',
  ...withDeleted,
  allows: (ctx, row) => !row.project_deleted && updateAssetPolicy.allows(ctx, row),
} satisfies Policy<AccessibleAsset, 'asset.restore'>

export const commentOnAsset = {
  name: 'comment.create',
  scope: 'comment.create',
  ...live,
  allows: (_ctx, row) => row.can_comment && row.role !== 'staff',
} satisfies Policy<AccessibleAsset, 'comment.create'>

export const readAssetComments = {
  name: 'comment.list',
  scope: 'comment.read',
  ...live,
  allows: () => true,
} satisfies Policy<AccessibleAsset, 'comment.list'>

export type GrantedAsset<Name extends string> = Granted<AccessibleAsset, Name>
