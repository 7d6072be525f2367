import type { Client, Credential } from './client.ts'
import type { Admission, Live } from './live.ts'
import { type Channel, type Payload, Refused } from './protocol/index.ts'

/** Who follows a topic, by which token, and what Core said about it. */
export interface Guard extends Credential {
  readonly admission: Admission
}

/**
 * Asks Core whether the channel's client may join: by the token of the join payload (`user_token` as Frame.io's client
 * has it, or `token`), else by each credential it connected with.
 * @throws Refused `unauthenticated` or `not_found`
 */
export async function admit(live: Live, channel: Channel<Client>, payload: Payload): Promise<Guard> {
  const brought = payload.user_token ?? payload.token
  const credentials =
    typeof brought === 'string' ? await credentialOf(live, brought) : channel.session.credentials
  if (credentials.length === 0) throw new Refused('unauthenticated')
  for (const credential of credentials) {
    const admission = await credential.visitor.admit(channel.topic)
    if (admission !== null) return { ...credential, admission }
  }
  throw new Refused('not_found')
}

async function credentialOf(live: Live, token: string): Promise<Credential[]> {
  const visitor = await live.whoIs(token)
  return visitor === null ? [] : [{ token, visitor }]
}
