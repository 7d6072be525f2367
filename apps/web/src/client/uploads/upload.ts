import type { PartRange } from './split.ts'

export type PartState = 'waiting' | 'sending' | 'done' | 'failed'

export interface Part extends PartRange {
  url: string
  state: PartState
  /** Bytes sent so far. */
  sent: number
}

export interface Upload {
  id: string
  file: File
  parentId: string
  /** When set, the file becomes the newest version of this asset. */
  versionOf: string | null
  assetId: string | null
  parts: Part[]
  state: 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'
  error: string | null
}

/** Share of the bytes that are with the server, 0 to 1. */
export function uploadProgress(upload: Upload): number {
  if (upload.state === 'done') return 1
  const sent = upload.parts.reduce(
    (sum, part) => sum + (part.state === 'done' ? part.end - part.start : part.sent),
    0,
  )
  return upload.file.size > 0 ? sent / upload.file.size : 0
}

export const isActive = (upload: Upload): boolean => upload.state === 'waiting' || upload.state === 'sending'
