import type { Scope } from './actor.ts'
import type { Ctx } from './context.ts'
import { CoreError } from './errors.ts'

declare const granted: unique symbol

/** A row that the policy called `Name` has let through; only `authorize` makes one. Services take nothing less. */
export type Granted<Row extends object, Name extends string> = Row & { readonly [granted]: Name }

/** A rule: who may do `name` to the row with an id. Default deny: without a policy there is no row to act on. */
export interface Policy<Row extends object, Name extends string> {
  readonly name: Name
  /** What a token must carry besides its person's own rights; null: any valid token. */
  readonly scope: Scope | null
  /** The row as this actor sees it, or null when it is absent or not theirs to know of: both look the same. */
  find(ctx: Ctx, id: string): Promise<Row | null>
  /** Whether the actor, who may know of the row, may also do this. */
  allows(ctx: Ctx, row: Row): boolean
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether `text` can be an id at all. */
export function isId(text: string): boolean {
  return UUID.test(text)
}

/**
 * The one decision, for HTTP, sockets, exports and legacy alike. Throws `forbidden` for a scope that the token lacks or
 * an action beyond the actor's role, `not_found` for a row that is foreign or absent, `unauthenticated` for nobody.
 */
export async function authorize<Row extends object, Name extends string>(
  ctx: Ctx,
  policy: Policy<Row, Name>,
  id: string,
): Promise<Granted<Row, Name>> {
  checkScope(ctx, policy.scope)
  const row = isId(id) ? await policy.find(ctx, id) : null
  if (!row && ctx.actor.kind === 'anonymous') throw new CoreError('unauthenticated')
  if (!row) throw new CoreError('not_found')
  if (!policy.allows(ctx, row)) throw new CoreError('forbidden')
  return row as Granted<Row, Name>
}

function checkScope({ actor }: Ctx, scope: Scope | null): void {
  if (scope && actor.kind === 'user' && actor.scopes && !actor.scopes.includes(scope))
    throw new CoreError('forbidden', { detail: `The token lacks the scope ${scope}` })
}

/** The verdict as a value, for callers that leave out what may not be seen. */
export async function may<Row extends object, Name extends string>(
  ctx: Ctx,
  policy: Policy<Row, Name>,
  id: string,
): Promise<Granted<Row, Name> | null> {
  try {
    return await authorize(ctx, policy, id)
  } catch (error) {
    if (error instanceof CoreError && ['not_found', 'forbidden', 'unauthenticated'].includes(error.code))
      return null
    throw error
  }
}

/** A policy over what the actor itself is, such as "signed in"; the id is not looked at. */
export interface ActorPolicy<Row extends object, Name extends string> {
  readonly name: Name
  readonly scope: Scope | null
  grant(ctx: Ctx): Row
}

export function authorizeActor<Row extends object, Name extends string>(
  ctx: Ctx,
  policy: ActorPolicy<Row, Name>,
): Granted<Row, Name> {
  checkScope(ctx, policy.scope)
  return policy.grant(ctx) as Granted<Row, Name>
}
