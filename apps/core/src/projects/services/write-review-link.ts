import { newCode } from '@rushes/auth'
import { sql } from 'kysely'
import { z } from 'zod'
import { hashPassword } from '../../accounts/index.ts'
import { type Ctx, change } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { CoreError } from '../../errors.ts'
import { boolean, datetime, name, text } from '../../input.ts'
import { at } from '../events/where.ts'
import type { GrantedProject } from '../policies/project.ts'
import type { GrantedLink } from '../policies/review-link.ts'
import { addItems, allSeen, assetIds } from './link-items.ts'
import { type LinkDetail, readLink } from './review-links.ts'

// More than 128 bits: a link can't be guessed.
const CODE_LENGTH = 22

const accessControl = z.object({ invite_only: boolean().optional() }).optional()

export const WriteReviewLink = z.object({
  name: name().optional(),
  access_control: accessControl,
  allow_approvals: boolean().optional(),
  current_version_only: boolean().optional(),
  enable_comments: boolean().optional(),
  enable_downloading: boolean().optional(),
  expires_at: datetime().optional(),
  is_active: boolean().optional(),
  is_autoplay: boolean().optional(),
  notify_on_view: boolean().optional(),
  password: text(128).optional(),
  watermark_user_input: text(255).optional(),
})
export const CreateReviewLink = WriteReviewLink.extend({ name: name(), asset_ids: assetIds.optional() })

async function columns(input: z.infer<typeof WriteReviewLink>) {
  const { access_control, password, ...rest } = input
  return {
    ...definedOnly(rest),
    ...(access_control?.invite_only !== undefined && { invite_only: access_control.invite_only }),
    ...(password !== undefined && {
      password_hash: password === '' ? null : await hashPassword(password),
      password_changed_at: sql<string>`now()`,
    }),
  }
}

/** A link to share with people outside. Its set of assets is fixed by its maker; a guest can't widen it. */
export async function createReviewLink(
  ctx: Ctx,
  project: GrantedProject<'reviewlink.create'>,
  input: z.infer<typeof CreateReviewLink>,
): Promise<LinkDetail> {
  const { asset_ids = [], ...rest } = input
  await allSeen(ctx, project.id, asset_ids)
  const values = await columns(rest)
  const linkId = await change(ctx, async (tx, emit) => {
    const row = await tx
      .insertInto('review_links')
      .values({
        enable_downloading: project.can_download && project.can_share,
        ...values,
        name: input.name,
        project_id: project.id,
        owner_id: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
        code: newCode(CODE_LENGTH),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await addItems(tx, row.id, asset_ids)
    emit({
      ...at({ ...project, project_id: project.id }),
      type: 'reviewlink.created',
      subjectId: row.id,
      data: { name: input.name },
    })
    return row.id
  })
  return readLink(ctx, linkId)
}

export async function updateReviewLink(
  ctx: Ctx,
  link: GrantedLink<'reviewlink.update'>,
  input: z.infer<typeof WriteReviewLink>,
): Promise<LinkDetail> {
  const values = await columns(input)
  const changed = Object.keys(values).filter(
    (key) => key !== 'password_changed_at' && key !== 'password_hash',
  )
  if (Object.keys(values).length > 0)
    await change(ctx, async (tx, emit) => {
      await tx
        .updateTable('review_links')
        .set({ ...values, updated_at: sql`now()` })
        .where('id', '=', link.id)
        .execute()
      const all = 'password_hash' in values ? [...changed, 'password'] : changed
      emit({ ...at(link), type: 'reviewlink.updated', subjectId: link.id, data: { changed: all } })
    })
  return readLink(ctx, link.id)
}

export async function deleteReviewLink(
  ctx: Ctx,
  link: GrantedLink<'reviewlink.delete'>,
): Promise<LinkDetail> {
  await change(ctx, async (tx, emit) => {
    const done = await tx
      .updateTable('review_links')
      .set({ deleted_at: sql`now()`, is_active: false })
      .where('id', '=', link.id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (done.numUpdatedRows === 0n) throw new CoreError('not_found')
    emit({ ...at(link), type: 'reviewlink.deleted', subjectId: link.id, data: {} })
  })
  return readLink(ctx, link.id)
}
