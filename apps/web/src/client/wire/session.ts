import { queryOptions } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'
import { request } from './request.ts'
import type { User } from './types.ts'

/** Who is signed in on this browser; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await request<{ user: User | null }>('GET', '/session')).user,
  staleTime: Number.POSITIVE_INFINITY,
})

/** Signs in; the server sets the session cookie. Throws `RequestError` 401/422 when the pair is wrong. */
export async function signIn(email: string, password: string): Promise<void> {
  const { user } = await request<{ user: User }>('POST', '/session', { email, password })
  become(user)
}

/** Ends the session and forgets everything that was read under it. */
export async function signOut(): Promise<void> {
  await request('DELETE', '/session')
  become(null)
}

/** What was read as somebody else is forgotten; the session itself stays, because the page watches it. */
export function become(user: User | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  queryClient.setQueryData(sessionQuery.queryKey, user)
}
