import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { CoreError, invalid } from '../../errors.ts'
import { id } from '../../input.ts'
import { authorize } from '../../policy.ts'
import { isTeam } from '../access.ts'
import { at } from '../events/where.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import { copyAssetPolicy } from '../policies/copy.ts'
import { type AssetDetail, readDetails } from './asset-detail.ts'
import { type CopiedRow, copyRows, coverStacks } from './copy-rows.ts'
import { readOne } from './get-asset.ts'

const MOST_ASKED = 500
const MOST_COPIED = 20_000

export const CopyAsset = z.object({ id: id() })
export const CopyAssets = z.object({
  batch: z
    .array(z.object({ id: id() }))
    .min(1)
    .max(MOST_ASKED),
  copy_comments: z.enum(['all', 'none']).default('none'),
})

type Source = GrantedAsset<'asset.copy'>
type Target = GrantedAsset<'asset.create'>

/** Copies an asset, with all below it, into the folder `target`; comments stay behind. */
export async function copyAsset(
  ctx: Ctx,
  target: Target,
  input: z.infer<typeof CopyAsset>,
): Promise<AssetDetail> {
  const [made] = await copyAll(ctx, target, { batch: [input], copy_comments: 'none' })
  return readOne(ctx, made?.copy ?? '')
}

/**
 * Copies assets, each with all below it, into the folder `target`: all or none. The copies, by the id of what they are copies
 * of. Throws `not_found` when one of them is foreign or absent, `invalid` for another account or more than fits in one go.
 */
export async function copyAssets(
  ctx: Ctx,
  target: Target,
  input: z.infer<typeof CopyAssets>,
): Promise<Map<string, AssetDetail>> {
  const made = await copyAll(ctx, target, input)
  const details = await readDetails(
    ctx,
    made.map(({ copy }) => copy),
    { project: true },
  )
  const byId = new Map(details.map((detail) => [detail.asset.id, detail]))
  return new Map(
    made.flatMap(({ source, copy }) => {
      const detail = byId.get(copy)
      return detail ? [[source, detail] as const] : []
    }),
  )
}

async function copyAll(ctx: Ctx, target: Target, { batch, copy_comments }: z.infer<typeof CopyAssets>) {
  if (target.type !== 'folder') throw invalid('asset_id', 'Only a folder takes assets')
  const sources: Source[] = []
  for (const one of new Set(batch.map((item) => item.id)))
    sources.push(refuseUnfit(await authorize(ctx, copyAssetPolicy, one), target))
  return change(ctx, async (tx, emit) => {
    await lockTarget(tx, target)
    await refuseTooMany(tx, sources)
    const made: { source: string; copy: string }[] = []
    for (const source of sources)
      made.push({
        source: source.id,
        copy: await copyOne(tx, emit, ctx, { source, target, withComments: copy_comments === 'all' }),
      })
    return made
  })
}

/** Bytes belong to one account, which must be able to take all of its own away. */
function refuseUnfit(source: Source, target: Target): Source {
  if (source.account_id !== target.account_id) throw invalid('id', 'It is in another account')
  if (source.type === 'file' && !source.original_key) throw invalid('id', 'Its upload is not complete')
  return source
}

/** The folder's row is what all copies into it write last; taken first, two of them can't wait for each other. */
async function lockTarget(tx: Tx, target: Target): Promise<void> {
  const { rows } =
    await sql`select from assets where id = ${target.id} and deleted_at is null for no key update`.execute(tx)
  if (rows.length === 0) throw new CoreError('not_found')
}

/** Without a limit a folder copied into itself again and again doubles each time. */
async function refuseTooMany(tx: Tx, sources: Source[]): Promise<void> {
  const { rows } = await sql<{ n: number }>`with recursive below as (
      select unnest(${sources.map((source) => source.id)}::uuid[]) as id
      union all select c.id from assets c join below on c.parent_id = below.id where c.deleted_at is null
    ) select count(*) as n from (select from below limit ${MOST_COPIED + 1}) counted`.execute(tx)
  if ((rows[0]?.n ?? 0) > MOST_COPIED)
    throw invalid('id', `No more than ${MOST_COPIED} assets can be copied at once`)
}

async function copyOne(
  tx: Tx,
  emit: Emit,
  ctx: Ctx,
  { source, target, withComments }: { source: Source; target: Target; withComments: boolean },
): Promise<string> {
  const rows = await copyRows(tx, {
    top: source.id,
    target,
    creatorId: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
    withPrivate: isTeam(source.role),
    withComments,
  })
  const top = rows.find((row) => row.top)
  if (!top) throw new CoreError('not_found')
  await coverStacks(
    tx,
    rows.map((row) => row.id),
  )
  await process(tx, ctx, rows)
  emit({
    ...at(target),
    type: 'asset.copied',
    subjectId: top.id,
    data: { parent_id: target.id, private: top.private, source_id: source.id, ...totals(rows) },
  })
  return top.id
}

function totals(rows: CopiedRow[]) {
  return {
    files: rows.filter((row) => row.type === 'file').length,
    bytes: rows.reduce((sum, row) => sum + row.filesize, 0),
    comments: rows.reduce((sum, row) => sum + row.comments, 0),
  }
}

/** What the source was still waiting for, the copy waits for on its own. */
async function process(tx: Tx, ctx: Ctx, rows: CopiedRow[]): Promise<void> {
  for (const { id, unprocessed, unchecked } of rows) {
    if (unchecked) await ctx.core.jobs.enqueue(tx, 'asset.checksum', { asset_id: id }, { key: id })
    if (unprocessed) await ctx.core.jobs.enqueue(tx, 'asset.transcode', { asset_id: id }, { key: id })
  }
}
