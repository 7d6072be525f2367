import { QueryCache, QueryClient } from '@tanstack/react-query'
import { RequestError } from './request.ts'

/** The cache of everything read from the server; live events keep it current, so it never polls. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // The session ended elsewhere: the page asks to sign in again, and shows itself after that.
    onError: (error, { queryKey }) => {
      if (error instanceof RequestError && error.status === 401 && queryKey[0] !== 'review')
        queryClient.setQueryData(['session'], null)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => isPassing(error) && count < 3,
    },
  },
})

/** True for failures that may be gone at the next try: no answer, 429 and the 5xx of a restart. */
export function isPassing(error: unknown): boolean {
  return error instanceof RequestError && (error.status === 0 || error.status === 429 || error.status >= 500)
}
