import { addVersion, createFile, refreshAsset } from '../wire/assets.ts'
import { sendPartPatiently } from './send-part.ts'
import { splitParts } from './split.ts'
import { fileKey, findUnfinished, forgetUnfinished, rememberUnfinished } from './unfinished.ts'
import type { Part, Upload } from './upload.ts'

const FILES_AT_ONCE = 3
const PARTS_AT_ONCE = 4

let uploads: readonly Upload[] = []
const listeners = new Set<() => void>()
const aborts = new Map<string, AbortController>()

export const uploadQueue = {
  list: () => uploads,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** Queues files for a folder; with `versionOf`, as the newest version of that asset. */
  add(files: readonly File[], parentId: string, versionOf: string | null = null): void {
    uploads = [...uploads, ...files.map((file) => newUpload(file, parentId, versionOf))]
    advance()
  },
  /** Sends again what failed; parts that arrived stay. */
  retry(id: string): void {
    update(id, (upload) => ({
      ...upload,
      state: 'waiting',
      error: null,
      parts: upload.parts.map((part) =>
        part.state === 'done' ? part : { ...part, state: 'waiting', sent: 0 },
      ),
    }))
    advance()
  },
  cancel(id: string): void {
    aborts.get(id)?.abort()
    update(id, (upload) => ({ ...upload, state: 'cancelled' }))
    advance()
  },
  /** Takes everything that has ended off the list. */
  clear(): void {
    uploads = uploads.filter((upload) => upload.state === 'waiting' || upload.state === 'sending')
    notify()
  },
}

function newUpload(file: File, parentId: string, versionOf: string | null): Upload {
  const id = crypto.randomUUID()
  return { id, file, parentId, versionOf, assetId: null, parts: [], state: 'waiting', error: null }
}

/** Starts the next files while there is room. */
function advance(): void {
  const running = uploads.filter((upload) => upload.state === 'sending').length
  const next = uploads
    .filter((upload) => upload.state === 'waiting')
    .slice(0, Math.max(0, FILES_AT_ONCE - running))
  for (const upload of next) void run(upload.id)
  notify()
}

async function run(id: string): Promise<void> {
  const abort = new AbortController()
  aborts.set(id, abort)
  update(id, (upload) => ({ ...upload, state: 'sending' }))
  try {
    await announce(id)
    await Promise.all(Array.from({ length: PARTS_AT_ONCE }, () => sendWaitingParts(id, abort.signal)))
    await finish(id)
  } catch (error) {
    if (!abort.signal.aborted) {
      abort.abort()
      update(id, (upload) => ({ ...upload, state: 'failed', error: (error as Error).message }))
    }
  } finally {
    aborts.delete(id)
    advance()
  }
}

/** Makes the asset, or picks up the one that an earlier, broken-off upload of the same file made. */
async function announce(id: string): Promise<void> {
  const upload = find(id)
  if (upload.assetId) return
  const key = fileKey(upload.file, upload.parentId)
  const known = findUnfinished(key)
  const asset = known ?? (await createAsset(upload))
  rememberUnfinished(key, { ...asset, at: Date.now() })
  update(id, (now) => ({
    ...now,
    assetId: asset.assetId,
    parts: partsOf(now.file.size, asset.urls, asset.done),
  }))
}

async function createAsset({ file, parentId }: Upload) {
  const asset = await createFile(parentId, file)
  void refreshAsset(asset)
  return { assetId: asset.id, urls: asset.upload_urls ?? [], done: [] as number[] }
}

function partsOf(size: number, urls: readonly string[], done: readonly number[]): Part[] {
  return splitParts(size, urls.length).map((range) => ({
    ...range,
    url: urls[range.index] ?? '',
    state: done.includes(range.index) ? 'done' : 'waiting',
    sent: 0,
  }))
}

async function sendWaitingParts(id: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { file, parts } = find(id)
    const part = parts.find(({ state }) => state === 'waiting')
    if (!part || signal.aborted) return
    const set = (patch: Partial<Part>) => updatePart(id, part.index, patch)
    set({ state: 'sending' })
    try {
      const body = file.slice(part.start, part.end)
      await sendPartPatiently(part.url, body, file.type, signal, (sent) => set({ sent }))
    } catch (error) {
      set({ state: 'failed', sent: 0 })
      throw error
    }
    set({ state: 'done' })
    remember(id)
  }
}

function remember(id: string): void {
  const { file, parentId, parts } = find(id)
  const key = fileKey(file, parentId)
  const known = findUnfinished(key)
  const done = parts.filter(({ state }) => state === 'done').map(({ index }) => index)
  if (known) rememberUnfinished(key, { ...known, done })
}

async function finish(id: string): Promise<void> {
  const { assetId, versionOf, file, parentId, state } = find(id)
  if (state === 'cancelled' || !assetId) return
  forgetUnfinished(fileKey(file, parentId))
  if (versionOf) await addVersion(versionOf, assetId)
  update(id, (upload) => ({ ...upload, state: 'done' }))
  await refreshAsset({ id: assetId, parent_id: parentId })
}

function find(id: string): Upload {
  const upload = uploads.find((other) => other.id === id)
  if (!upload) throw new Error(`no upload ${id}`)
  return upload
}

function update(id: string, change: (upload: Upload) => Upload): void {
  uploads = uploads.map((upload) => (upload.id === id ? change(upload) : upload))
  notify()
}

function updatePart(id: string, index: number, patch: Partial<Part>): void {
  update(id, (upload) => ({
    ...upload,
    parts: upload.parts.map((part) => (part.index === index ? { ...part, ...patch } : part)),
  }))
}

function notify(): void {
  for (const listener of listeners) listener()
}
