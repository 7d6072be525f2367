import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { readUsers, type UserRow } from '../../accounts/index.ts'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { invalid } from '../../errors.ts'
import { email, id, text } from '../../input.ts'
import { at } from '../events/where.ts'
import type { GrantedLink } from '../policies/review-link.ts'

const emails = z.array(email()).max(100).default([])

export const AddReviewers = z.object({ email: email().optional(), emails, message: text(5000).optional() })
export const RemoveReviewers = z.object({
  email: email().optional(),
  emails,
  reviewer_ids: z.array(id()).max(100).default([]),
})

/** Somebody a link was sent to, or will be as soon as they are known. */
export type Reviewer =
  | { pending: false; row: Selectable<Tables['reviewers']>; user: UserRow | null }
  | { pending: true; row: Selectable<Tables['pending_reviewers']> }

type Link = GrantedLink<'reviewlink.update'>

/** Names people as reviewers of a link by e-mail; who is unknown stays pending. Naming somebody twice changes nothing. */
export async function addReviewers(
  ctx: Ctx,
  link: Link,
  input: z.infer<typeof AddReviewers>,
): Promise<Reviewer[]> {
  const asked = addresses(input)
  if (asked.length === 0) throw invalid('email', 'email is required')
  return change(ctx, async (tx, emit) => {
    const known = await tx
      .selectFrom('users')
      .select(['id', 'email'])
      .where(sql<boolean>`email = any(${asked}::citext[])`)
      .where('deleted_at', 'is', null)
      .execute()
    const mine = new Set(known.map((user) => user.email.toLowerCase()))
    const strangers = asked.filter((address) => !mine.has(address.toLowerCase()))
    const added = await sql<Added>`with people as (
        insert into reviewers (review_link_id, user_id) select ${link.id}, unnest(${known.map((user) => user.id)}::uuid[])
        on conflict do nothing returning id, user_id
      ), invited as (
        insert into pending_reviewers (review_link_id, email, message)
        select ${link.id}, unnest(${strangers}::citext[]), ${input.message ?? null}
        on conflict do nothing returning id
      ) select id, user_id from people union all select id, null from invited`.execute(tx)
    announce(emit, link, 'reviewer.created', added.rows)
    return readReviewers(tx, link.id, { emails: asked, ids: [] })
  })
}

/** Takes people off a link by e-mail or id; who they were. */
export async function removeReviewers(
  ctx: Ctx,
  link: Link,
  input: z.infer<typeof RemoveReviewers>,
): Promise<Reviewer[]> {
  const who = { emails: addresses(input), ids: input.reviewer_ids }
  if (who.emails.length + who.ids.length === 0) throw invalid('email', 'email is required')
  return change(ctx, async (tx, emit) => {
    const removed = await readReviewers(tx, link.id, who)
    const ids = removed.map(({ row }) => row.id)
    await sql`delete from reviewers where id = any(${ids}::uuid[])`.execute(tx)
    await sql`delete from pending_reviewers where id = any(${ids}::uuid[])`.execute(tx)
    const rows = removed.map(({ pending, row }) => ({ id: row.id, user_id: pending ? null : row.user_id }))
    announce(emit, link, 'reviewer.deleted', rows)
    return removed
  })
}

interface Added {
  id: string
  user_id: string | null
}

function addresses(input: { email?: string | undefined; emails: string[] }): string[] {
  return [...new Set([...(input.email ? [input.email] : []), ...input.emails])]
}

function announce(
  emit: Emit,
  link: Link,
  type: 'reviewer.created' | 'reviewer.deleted',
  rows: Added[],
): void {
  for (const { id: subjectId, user_id } of rows)
    emit({ ...at(link), type, subjectId, data: { review_link_id: link.id, user_id } })
}

async function readReviewers(
  tx: Tx,
  linkId: string,
  who: { emails: string[]; ids: string[] },
): Promise<Reviewer[]> {
  const known = await sql<
    Selectable<Tables['reviewers']>
  >`select r.* from reviewers r join users u on u.id = r.user_id
    where r.review_link_id = ${linkId} and (u.email = any(${who.emails}::citext[]) or r.id = any(${who.ids}::uuid[]) or r.user_id = any(${who.ids}::uuid[]))
    order by r.inserted_at, r.id for update of r`.execute(tx)
  const pending = await sql<Selectable<Tables['pending_reviewers']>>`select * from pending_reviewers
    where review_link_id = ${linkId} and (email = any(${who.emails}::citext[]) or id = any(${who.ids}::uuid[]))
    order by inserted_at, id for update`.execute(tx)
  const users = await readUsers(
    { db: tx },
    known.rows.map((row) => row.user_id),
  )
  return [
    ...known.rows.map((row) => ({ pending: false as const, row, user: users.get(row.user_id) ?? null })),
    ...pending.rows.map((row) => ({ pending: true as const, row })),
  ]
}
