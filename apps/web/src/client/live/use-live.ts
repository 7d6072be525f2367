import { useEffect, useState } from 'react'
import { queryClient } from '../wire/query-client.ts'
import { applyEffect } from './apply-effect.ts'
import { advance, knownEpoch, lastSeq, noteEpoch, restartAt } from './cursor.ts'
import { effectOf, isLiveEvent } from './live-event.ts'
import { hearAll, openSocket } from './socket.ts'

interface JoinReply {
  resumed?: boolean
  head_seq?: number
  epoch?: string
}

/**
 * Follows a topic (`projects:<id>`, `review_links:<id>`) and keeps the cache current from it. Joins once `ready`, so
 * that the snapshots on screen have set the cursor from which events are asked for. False while the connection is
 * away; what was missed comes when it is back.
 */
export function useLive(topic: string, projectId: string | undefined, ready: boolean): boolean {
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    if (!ready || !projectId) return
    // The cursor is read at every join, so a rejoin asks for what was missed meanwhile.
    const channel = openSocket().channel(topic, () => ({ last_seq: lastSeq(projectId), epoch: knownEpoch() }))
    hearAll(channel, (payload) => {
      if (isLiveEvent(payload) && advance(projectId, payload.seq)) void applyEffect(effectOf(payload))
    })
    channel.onError(() => setConnected(false))
    channel.join().receive('ok', (reply: JoinReply) => {
      setConnected(true)
      noteEpoch(reply.epoch)
      if (reply.resumed !== false) return
      restartAt(projectId, reply.head_seq ?? 0)
      void queryClient.invalidateQueries()
    })
    return () => {
      channel.leave()
    }
  }, [topic, projectId, ready])
  return connected
}
