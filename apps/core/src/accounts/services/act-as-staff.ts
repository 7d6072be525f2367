import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { text } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { Person } from '../policies/person.ts'

/** Why somebody looks at other people's things: a ticket, or a sentence. */
export const StaffReason = text(500, 1).refine((reason) => reason.trim().length >= 3, 'says too little')

/** Somebody of ours, as the Support Tool greets them. */
export interface StaffMember {
  id: string
  name: string
  email: string
  role: string
}

/** The signed-in person as staff. Throws `not_found` for everybody else: to them there is no Support Tool. */
export async function getStaffMember(
  ctx: Ctx,
  person: Granted<Person, 'person.session'>,
): Promise<StaffMember> {
  const row = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'staff_role'])
    .where('id', '=', person.userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row?.staff_role) throw new CoreError('not_found')
  return { id: row.id, name: row.name, email: row.email, role: row.staff_role }
}

/**
 * A context in which a member of staff may look, and only look: no policy lets this actor write. Throws `forbidden` without
 * a reason, `not_found` for who isn't staff (any more).
 */
export async function actAsStaff(
  ctx: Ctx,
  person: Granted<Person, 'person.session'>,
  reason: string | null,
): Promise<Ctx> {
  const { id } = await getStaffMember(ctx, person)
  const given = StaffReason.safeParse(reason)
  if (!given.success)
    throw new CoreError('forbidden', { detail: 'Say why you are looking: a ticket or a reason' })
  return { ...ctx, actor: { kind: 'staff', userId: id, reason: given.data.trim() } }
}
