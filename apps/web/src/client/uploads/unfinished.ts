/**
 * Uploads that were broken off, by file and folder, so that picking the same file again goes on where it stopped:
 * after a reload, a crash, or on the next day (upload URLs live 24 hours).
 */
export interface Unfinished {
  assetId: string
  urls: string[]
  done: number[]
  at: number
}

const PREFIX = 'rushes.upload.'
const DAY = 24 * 60 * 60 * 1000

/** The key of a file in a folder; the same file picked again has the same key. */
export function fileKey(
  file: { name: string; size: number; lastModified: number },
  parentId: string,
): string {
  return `${PREFIX}${parentId}/${file.lastModified}/${file.size}/${file.name}`
}

export function findUnfinished(key: string, now = Date.now()): Unfinished | null {
  const text = localStorage.getItem(key)
  if (!text) return null
  const known = JSON.parse(text) as Unfinished
  if (now - known.at < DAY) return known
  localStorage.removeItem(key)
  return null
}

export function rememberUnfinished(key: string, unfinished: Unfinished): void {
  localStorage.setItem(key, JSON.stringify(unfinished))
}

export function forgetUnfinished(key: string): void {
  localStorage.removeItem(key)
}
