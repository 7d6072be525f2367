import { partCount } from '@rushes/storage'
import { z } from 'zod'
import { type Ctx, change, type Tx } from '../../context.ts'
import { invalid } from '../../errors.ts'
import { boolean, integer, name, number, text } from '../../input.ts'
import { at } from '../events/where.ts'
import { guessFiletype } from '../filetype.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import type { AssetDetail } from './asset-detail.ts'
import { readOne } from './get-asset.ts'

const FIVE_TIB = 5 * 2 ** 40

export const CreateAsset = z.object({
  type: z.enum(['file', 'folder']),
  name: name(1024),
  filesize: integer(0, FIVE_TIB).optional(),
  filetype: text(255).optional(),
  description: text(20_000).optional(),
  properties: z.record(z.string().max(255), z.unknown()).optional(),
  private: boolean().optional(),
  index: number().optional(),
  // Ignored, it would make an upload that never ends.
  source: z
    .unknown()
    .optional()
    .refine((source) => source === undefined, 'this server imports nothing by URL: upload the bytes'),
})

/**
 * A folder, or a file to be uploaded: the answer then carries `upload_paths`, one for each part (v2 section 5.1). Throws
 * `invalid` for a file without a size, or a parent that can't have children.
 */
export async function createAsset(
  ctx: Ctx,
  parent: GrantedAsset<'asset.create'>,
  input: z.infer<typeof CreateAsset>,
): Promise<AssetDetail> {
  if (parent.type !== 'folder') throw invalid('asset_id', 'A file or version stack can not have children')
  if (input.type === 'file' && input.filesize === undefined) throw invalid('filesize', 'filesize is required')
  const made = await change(ctx, async (tx, emit) => {
    const row = await insertAsset(tx, ctx, parent, input)
    if (row.type === 'file')
      await tx
        .insertInto('uploads')
        .values({ asset_id: row.id, filesize: row.filesize, part_count: partCount(row.filesize) })
        .execute()
    emit({
      ...at(parent),
      type: 'asset.created',
      subjectId: row.id,
      data: {
        parent_id: parent.id,
        private: row.private,
        type: row.type,
        name: row.name,
        filesize: row.filesize,
      },
    })
    return { id: row.id }
  })
  return {
    ...(await readOne(ctx, made.id)),
    upload_paths: input.type === 'file' ? await uploadPaths(ctx, made.id) : null,
  }
}

async function insertAsset(
  tx: Tx,
  ctx: Ctx,
  parent: GrantedAsset<'asset.create'>,
  input: z.infer<typeof CreateAsset>,
) {
  const file = input.type === 'file'
  return tx
    .insertInto('assets')
    .values({
      account_id: parent.account_id,
      team_id: parent.team_id,
      project_id: parent.project_id,
      parent_id: parent.id,
      creator_id: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
      type: input.type,
      name: input.name,
      description: input.description ?? null,
      properties: input.properties ? JSON.stringify(input.properties) : null,
      private: input.private ?? false,
      index: input.index ?? 0,
      filesize: file ? (input.filesize ?? 0) : 0,
      filetype: file ? input.filetype || guessFiletype(input.name) : null,
      uploaded_at: new Date().toISOString(),
    })
    .returning(['id', 'type', 'name', 'private', 'filesize'])
    .executeTakeFirstOrThrow()
}

async function uploadPaths(ctx: Ctx, assetId: string): Promise<string[]> {
  const { part_count } = await ctx.db
    .selectFrom('uploads')
    .select('part_count')
    .where('asset_id', '=', assetId)
    .executeTakeFirstOrThrow()
  return Array.from({ length: part_count }, (_, index) => ctx.core.links.part(assetId, index))
}
