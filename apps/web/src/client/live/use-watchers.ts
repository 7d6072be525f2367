import { Presence } from 'phoenix'
import { useEffect, useState } from 'react'
import { openSocket } from './socket.ts'

/** Somebody who has the same asset open. */
export interface Watcher {
  id: string
  name: string
}

/** Who else looks at the asset right now, `self` left out, each once however many windows they have open. */
export function useWatchers(assetId: string, self: string | undefined): Watcher[] {
  const [watchers, setWatchers] = useState<Watcher[]>([])
  useEffect(() => {
    const channel = openSocket().channel(`assets:${assetId}`)
    const presence = new Presence(channel)
    presence.onSync(() =>
      setWatchers(
        presence.list((id, entry: { metas: { name?: string }[] }) => ({
          id,
          name: entry.metas[0]?.name ?? '?',
        })),
      ),
    )
    channel.join()
    return () => {
      channel.leave()
    }
  }, [assetId])
  return watchers.filter(({ id }) => id !== self)
}
