import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { childrenQuery } from '../wire/assets.ts'

/** Lets `[` and `]` walk to the previous and next file of the folder that `assetId` lies in. */
export function useNeighbours(
  folderId: string | null,
  assetId: string | undefined,
  open: (id: string) => void,
): void {
  const { data } = useQuery({ ...childrenQuery(folderId ?? ''), enabled: folderId !== null })
  useEffect(() => {
    const files = (data ?? []).filter(({ type }) => type !== 'folder')
    const at = files.findIndex(({ id }) => id === assetId)
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { '[': -1, ']': 1 }[event.key]
      const next = step !== undefined && at >= 0 ? files[at + step] : undefined
      if (next && !(event.target as HTMLElement).closest('input, textarea, dialog')) open(next.id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [data, assetId, open])
}
