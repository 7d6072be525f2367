import { Accounts, CoreError, type Ctx } from '@rushes/core'
import { SESSION_COOKIE, type Wire } from '@rushes/middleware'

const NINETY_DAYS_SECONDS = 90 * 86_400

/** Signing in needs the header that another site's form can't send, or a stranger could sign a visitor in as themselves. */
export function refuseForms({ request }: Wire): void {
  if (!request.headers['x-rushes-client'])
    throw new CoreError('forbidden', { detail: 'The header x-rushes-client is missing' })
}

/** What the browser says it is, as far as a session keeps it. */
export function userAgent({ request }: Wire): string | undefined {
  return request.headers['user-agent']?.slice(0, 500)
}

/** How a cookie that opens something is kept. `seconds` is its life. */
export function cookieOptions({ core }: Ctx, { request }: Wire, seconds: number) {
  // Behind a proxy that isn't named as trusted the request looks like http; the configured address knows better.
  const secure = request.protocol === 'https' || core.urls.web.startsWith('https:')
  return { httpOnly: true, sameSite: 'lax' as const, path: '/', maxAge: seconds, secure }
}

/** Gives the browser its session, and answers who is in it. */
export function enter(ctx: Ctx, wire: Wire, session: Accounts.NewSession): Promise<Accounts.UserRow | null> {
  wire.reply.setCookie(SESSION_COOKIE, session.token, cookieOptions(ctx, wire, NINETY_DAYS_SECONDS))
  return whoIs(ctx, session.user_id)
}

export async function whoIs(ctx: Ctx, userId: string): Promise<Accounts.UserRow | null> {
  return (await Accounts.readUsers(ctx, [userId])).get(userId) ?? null
}
