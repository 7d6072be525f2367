import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '../wire/query-client.ts'
import { request } from '../wire/request.ts'
import type { DeveloperToken } from '../wire/types.ts'

const every = (resource: string) =>
  ['create', 'read', 'update', 'delete'].map((verb) => `${resource}.${verb}`)

/** V2's scopes, in the order in which the form lists them. */
export const SCOPES = [
  'account.read',
  'team.read',
  ...every('project'),
  ...every('asset'),
  ...every('comment'),
  ...every('reviewlink'),
  ...every('webhook'),
]

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => request<DeveloperToken[]>('GET', '/v2/developer_tokens'),
})

/** Makes a token; its secret is in this answer and nowhere else, ever again. */
export async function createToken(description: string, scopes: string[]): Promise<string> {
  const { token } = await request<{ token: string }>('POST', '/v2/developer_tokens', { description, scopes })
  await queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey })
  return token
}

export async function revokeToken(id: string): Promise<void> {
  await request('DELETE', `/v2/developer_tokens/${id}`)
  await queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey })
}
