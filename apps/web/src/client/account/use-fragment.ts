import { useSyncExternalStore } from 'react'

/** What stands after `#` in the address: mailed tokens travel there, where no server and no log sees them. */
export function useFragment(): string {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed)
      return () => removeEventListener('hashchange', changed)
    },
    () => location.hash.slice(1),
  )
}
