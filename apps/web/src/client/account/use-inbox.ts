import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { hearAll, openSocket } from '../live/socket.ts'
import { queryClient } from '../wire/query-client.ts'
import { inboxQuery } from './inbox.ts'

/** The person's inbox, read again whenever the server says that something came in. */
export function useInbox(userId: string | undefined) {
  useEffect(() => {
    if (!userId) return
    const channel = openSocket().channel(`users:${userId}`)
    hearAll(channel, () => void queryClient.invalidateQueries({ queryKey: inboxQuery.queryKey }))
    channel.join()
    return () => {
      channel.leave()
    }
  }, [userId])
  return useQuery(inboxQuery)
}
