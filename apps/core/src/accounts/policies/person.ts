import type { Scope } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import type { ActorPolicy } from '../../policy.ts'

/** The signed-in person, by session or token. */
export interface Person {
  userId: string
}

function person({ actor }: Ctx): Person {
  if (actor.kind !== 'user') throw new CoreError('unauthenticated')
  return { userId: actor.userId }
}

/** Somebody is signed in; a token must carry `scope`. */
export function signedIn<S extends Scope | null>(scope: S) {
  return { name: 'person', scope, grant: person } satisfies ActorPolicy<Person, 'person'>
}

/** The person with a browser session: tokens can't make tokens or widen themselves. */
export const withSession = {
  name: 'person.session',
  scope: null,
  grant(ctx: Ctx): Person {
    if (ctx.actor.kind === 'user' && ctx.actor.scopes)
      throw new CoreError('forbidden', { detail: 'Sign in to do this' })
    return person(ctx)
  },
} satisfies ActorPolicy<Person, 'person.session'>

/** Everyone, signed in or not: signing in, health, opening a review link. */
export const everyone = { name: 'everyone', scope: null, grant: () => ({}) } satisfies ActorPolicy<
  object,
  'everyone'
>
