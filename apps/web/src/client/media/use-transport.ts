import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Transport, TransportState } from './transport.ts'

const TransportContext = createContext<Transport | null>(null)

export const TransportProvider = TransportContext.Provider

/** The transport of the page's player. Throws outside one. */
export function useTransport(): Transport {
  const transport = useContext(TransportContext)
  if (!transport) throw new Error('useTransport needs a TransportProvider above it')
  return transport
}

/** One value of the transport's state; the component renders again only when that value changes. */
export function useTransportState<T>(pick: (state: TransportState) => T): T {
  const transport = useTransport()
  return useSyncExternalStore(transport.subscribe, () => pick(transport.state()))
}

/** Where the playhead stands: the frame being sought, else the one on screen. */
export const playhead = (state: TransportState): number => state.target ?? state.frame
