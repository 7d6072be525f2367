import { useEffect } from 'react'

/** Names the window's tab after what it shows. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    document.title = name ? `${name} · Rushes` : 'Rushes'
  }, [name])
}
