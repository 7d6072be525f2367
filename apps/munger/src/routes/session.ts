import type { Call } from '../call.ts'
import { open, write } from '../endpoint.ts'
import type { LegacyRecord } from '../wire/codec.ts'
import { needText, readText } from '../wire/parameters.ts'

async function login({ params, v2 }: Call): Promise<LegacyRecord> {
  return session(
    await v2.openSession('/session', { email: needText(params, 'a'), password: needText(params, 'b') }),
  )
}

/** `x` is the person and `y` the session; clients send them back as `mid` and `t`. */
function session({ token, userId, name }: { token: string; userId: string; name: string }): LegacyRecord {
  return { x: userId, y: token, messages: [`Successfully logged in as ${name}`] }
}

async function signUp({ params, v2 }: Call): Promise<LegacyRecord> {
  const name = [readText(params, 'first_name'), readText(params, 'last_name')].filter(Boolean).join(' ')
  const email = needText(params, 'email')
  const body = { email, password: needText(params, 'password'), name: name || email }
  return session(await v2.openSession('/session/sign_up', body))
}

export const sessions = [
  // Says the same of every address: whether somebody has an account is nobody's business.
  open('/users/check_elegible', async ({ params }) => {
    needText(params, 'email')
    return { messages: ['Success'], action_key: 'user-non-google' }
  }),
  open('/login', login),
  open('/users/create', signUp),
  write('/logout', async ({ v2 }) => {
    await v2.closeSession()
    return { messages: ['Successfully logged out'] }
  }),
]
