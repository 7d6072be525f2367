import { Accounts } from '@rushes/core'
import { type Route, route } from '@rushes/middleware'
import { z } from 'zod'

export const developerTokens: Route[] = [
  route('GET /v2/developer_tokens', {
    policy: Accounts.withSession,
    input: z.object({}),
    run: Accounts.listDeveloperTokens,
    view: (tokens) => tokens.map((token) => ({ _type: 'developer_token', ...token })),
  }),
  route('POST /v2/developer_tokens', {
    policy: Accounts.withSession,
    input: Accounts.CreateDeveloperToken,
    run: Accounts.createDeveloperToken,
    view: (token) => ({ _type: 'developer_token', ...token }),
  }),
  route('DELETE /v2/developer_tokens/:token_id', {
    policy: Accounts.withSession,
    input: z.object({ token_id: z.uuid() }),
    run: Accounts.revokeDeveloperToken,
    view: (token) => ({ _type: 'developer_token', ...token }),
  }),
]
