import { hashToken, newToken } from '@rushes/auth'
import { sql } from 'kysely'
import { z } from 'zod'
import { addressKeys, noteFailure, refuseTooMany, verifyPassword } from '../../accounts/index.ts'
import { type Ctx, change } from '../../context.ts'
import { CoreError, invalid } from '../../errors.ts'
import { email, name } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { ReviewLinkRow } from '../policies/review-link.ts'

/** What somebody who only holds a link's code may know: nothing of a protected link before its password. */
export interface ReviewDoor {
  id: string
  project_id: string
  name: string | null
  needs_password: boolean
  enable_comments: boolean
  enable_downloading: boolean
  is_autoplay: boolean
}

type OpenLink = Pick<
  ReviewLinkRow,
  | 'id'
  | 'project_id'
  | 'name'
  | 'password_hash'
  | 'enable_comments'
  | 'enable_downloading'
  | 'is_autoplay'
  | 'invite_only'
> & { account_id: string; team_id: string }

async function findOpen(ctx: Ctx, code: string): Promise<OpenLink> {
  const { rows } =
    await sql<OpenLink>`select l.id, l.project_id, l.name, l.password_hash, l.enable_comments, l.enable_downloading,
      l.is_autoplay, l.invite_only, p.account_id, p.team_id
    from review_links l join projects p on p.id = l.project_id
   where l.code = ${code} and l.is_active and l.deleted_at is null and p.deleted_at is null and not l.invite_only
     and (l.expires_at is null or l.expires_at > now())`.execute(ctx.db)
  if (!rows[0]) throw new CoreError('not_found')
  return rows[0]
}

/** The link behind a code. Throws `not_found` for one that is off, expired, deleted or never was. */
export async function openReview(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  { code }: { code: string },
): Promise<ReviewDoor> {
  const link = await findOpen(ctx, code)
  const inside = ctx.actor.kind === 'guest' && ctx.actor.reviewLinkId === link.id
  const hidden = link.password_hash !== null && !inside
  return {
    id: link.id,
    project_id: link.project_id,
    name: hidden ? null : link.name,
    needs_password: hidden,
    enable_comments: link.enable_comments,
    enable_downloading: link.enable_downloading,
    is_autoplay: link.is_autoplay,
  }
}

export const EnterReview = z.object({
  name: name(),
  email: email().optional(),
  password: z.string().max(1024).optional(),
})

const STAY = '30 days'
const LIMIT = { most: 10, minutes: 15 }

/** Lets a guest in by name, and password where the link has one; the token goes into a cookie. */
export async function enterReview(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  { code, ...input }: z.infer<typeof EnterReview> & { code: string },
): Promise<{ token: string; door: ReviewDoor; guest: { id: string; name: string; email: string | null } }> {
  const link = await findOpen(ctx, code)
  await checkPassword(ctx, link, input.password)
  const token = newToken('guest')
  const guest = await change(ctx, async (tx, emit) => {
    const row = await tx
      .insertInto('anonymous_users')
      .values({
        review_link_id: link.id,
        token_hash: hashToken(token),
        name: input.name,
        email: input.email ?? null,
        expires_at: sql<string>`now() + ${STAY}::interval`,
      })
      .returning(['id', 'name', 'email'])
      .executeTakeFirstOrThrow()
    await sql`update review_links set view_count = view_count + 1 where id = ${link.id}`.execute(tx)
    emit({
      type: 'reviewlink.viewed',
      version: 1,
      accountId: link.account_id,
      teamId: link.team_id,
      projectId: link.project_id,
      subjectId: link.id,
      data: { anonymous_user_id: row.id, name: row.name },
    })
    return row
  })
  const { id, project_id, enable_comments, enable_downloading, is_autoplay } = link
  const door = {
    id,
    project_id,
    name: link.name,
    needs_password: false,
    enable_comments,
    enable_downloading,
    is_autoplay,
  }
  return { token, door, guest }
}

async function checkPassword(ctx: Ctx, link: OpenLink, password: string | undefined): Promise<void> {
  if (link.password_hash === null) return
  const keys = [`link:${link.id}`, ...addressKeys(ctx, 'link-ip')]
  await refuseTooMany(ctx, keys, LIMIT)
  if (await verifyPassword(password ?? '', link.password_hash)) return
  await noteFailure(ctx, keys)
  throw invalid('password', 'The password is wrong')
}
