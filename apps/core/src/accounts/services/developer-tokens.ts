import { hashToken, newToken } from '@rushes/auth'
import { z } from 'zod'
import { SCOPES } from '../../actor.ts'
import { type Ctx, change } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { name } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { Person } from '../policies/person.ts'

export const CreateDeveloperToken = z.object({
  description: name(),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
})

/** A token as its owner may see it again: everything but the token. */
export interface DeveloperToken {
  id: string
  description: string
  scopes: string[]
  inserted_at: string
  last_used_at: string | null
}

const shown = ['id', 'description', 'scopes', 'inserted_at', 'last_used_at'] as const

/** Makes a token for the person's own programs. It is in the answer and never again. */
export async function createDeveloperToken(
  ctx: Ctx,
  person: Granted<Person, 'person.session'>,
  input: z.infer<typeof CreateDeveloperToken>,
): Promise<DeveloperToken & { token: string }> {
  const token = newToken('developer')
  const row = await change(ctx, async (tx, emit) => {
    const made = await tx
      .insertInto('api_tokens')
      .values({
        token_hash: hashToken(token),
        kind: 'developer',
        user_id: person.userId,
        description: input.description,
        scopes: [...new Set(input.scopes)],
      })
      .returning(shown)
      .executeTakeFirstOrThrow()
    emit({
      ...(await about(ctx, person)),
      type: 'token.created',
      data: { token_id: made.id, scopes: made.scopes },
    })
    return made
  })
  return { ...row, token }
}

export function listDeveloperTokens(
  ctx: Ctx,
  person: Granted<Person, 'person.session'>,
): Promise<DeveloperToken[]> {
  return ctx.db
    .selectFrom('api_tokens')
    .select(shown)
    .where('user_id', '=', person.userId)
    .where('kind', '=', 'developer')
    .where('revoked_at', 'is', null)
    .orderBy('inserted_at')
    .execute()
}

/** Ends a token at once. Throws `not_found` for one that isn't the person's. */
export async function revokeDeveloperToken(
  ctx: Ctx,
  person: Granted<Person, 'person.session'>,
  { token_id }: { token_id: string },
): Promise<DeveloperToken> {
  return change(ctx, async (tx, emit) => {
    const row = await tx
      .updateTable('api_tokens')
      .set({ revoked_at: new Date().toISOString() })
      .where('id', '=', token_id)
      .where('user_id', '=', person.userId)
      .where('revoked_at', 'is', null)
      .returning(shown)
      .executeTakeFirst()
    if (!row) throw new CoreError('not_found')
    emit({ ...(await about(ctx, person)), type: 'token.revoked', data: { token_id } })
    return row
  })
}

async function about(ctx: Ctx, person: Person) {
  const user = await ctx.db
    .selectFrom('users')
    .select('account_id')
    .where('id', '=', person.userId)
    .executeTakeFirstOrThrow()
  return {
    version: 1 as const,
    accountId: user.account_id,
    teamId: null,
    projectId: null,
    subjectId: person.userId,
  }
}
