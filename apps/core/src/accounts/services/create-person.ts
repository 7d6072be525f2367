import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { email, name } from '../../input.ts'
import { hashPassword, newPassword } from '../passwords.ts'

export const CreatePerson = z.object({
  account_id: z.uuid(),
  email: email(),
  name: name(),
  password: newPassword().nullable(),
})

/** A person who belongs to an account without a sign-up of their own (seed, administration). Only for our own jobs. */
export async function createPerson(ctx: Ctx, input: z.infer<typeof CreatePerson>): Promise<{ id: string }> {
  if (ctx.actor.kind !== 'system') throw new CoreError('forbidden')
  const password_hash = input.password === null ? null : await hashPassword(input.password)
  return change(ctx, async (tx, emit) => {
    const user = await tx
      .insertInto('users')
      .values({
        account_id: input.account_id,
        email: input.email,
        name: input.name,
        password_hash,
        email_confirmed_at: sql`now()`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    emit({
      type: 'user.created',
      version: 1,
      accountId: input.account_id,
      teamId: null,
      projectId: null,
      subjectId: user.id,
      data: { email: input.email },
    })
    return user
  })
}
