import { type DragEvent, useState } from 'react'
import { toastError } from '../ui/toasts.tsx'
import { readDrop } from '../uploads/dropped-tree.ts'
import { uploadTree } from '../uploads/upload-tree.ts'

/** Takes files and folders dropped anywhere on the page into a folder. `over` while something hangs above it. */
export function useDrop(folderId: string | null) {
  const [depth, setDepth] = useState(0)
  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const events = {
    onDragEnter: (event: DragEvent) => carriesFiles(event) && setDepth((now) => now + 1),
    onDragLeave: (event: DragEvent) => carriesFiles(event) && setDepth((now) => Math.max(0, now - 1)),
    onDragOver: (event: DragEvent) => carriesFiles(event) && event.preventDefault(),
    onDropCapture: () => setDepth(0),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      if (folderId)
        readDrop(event.dataTransfer.items)
          .then((tree) => uploadTree(tree, folderId))
          .catch(toastError)
    },
  }
  return { over: depth > 0, events }
}
