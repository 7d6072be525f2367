import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { email } from '../../input.ts'

export const MakeStaff = z.object({
  email: email(),
  /** Null ends it. */
  role: z.enum(['admin', 'sales', 'support']).nullable(),
})

/**
 * Makes somebody one of our staff, or ends that. Only for the operator's own jobs: no person can do this to another. Throws
 * `not_found` for an e-mail that belongs to nobody.
 */
export async function makeStaff(ctx: Ctx, input: z.infer<typeof MakeStaff>): Promise<{ id: string }> {
  if (ctx.actor.kind !== 'system') throw new CoreError('forbidden')
  return change(ctx, async (tx, emit) => {
    const user = await tx
      .updateTable('users')
      .set({ staff_role: input.role, updated_at: sql`now()` })
      .where('email', '=', input.email)
      .where('deleted_at', 'is', null)
      .returning(['id', 'account_id'])
      .executeTakeFirst()
    if (!user) throw new CoreError('not_found')
    emit({
      type: 'staff.changed',
      version: 1,
      accountId: user.account_id,
      teamId: null,
      projectId: null,
      subjectId: user.id,
      data: { role: input.role },
    })
    return { id: user.id }
  })
}
