import { type Ctx, change } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import type { SupportPage } from '../events/support.ts'

interface Look {
  page: SupportPage
  /** The account looked at, or null for what belongs to none. */
  accountId: string | null
  query?: string
}

/** Writes down that staff looks, before they see anything: what can't be audited isn't shown. */
export async function recordLook(ctx: Ctx, { page, accountId, query }: Look): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'staff') throw new CoreError('not_found')
  await change(ctx, async (_tx, emit) =>
    emit({
      type: 'support.viewed',
      version: 1,
      accountId,
      teamId: null,
      projectId: null,
      subjectId: accountId ?? actor.userId,
      data: { page, reason: actor.reason, query: query ?? null },
    }),
  )
}
