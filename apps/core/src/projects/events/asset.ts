import type { Event, Protocols, RealtimeEntry, Stored } from '../../events.ts'

interface AssetIds {
  parent_id: string | null
  private: boolean
}

export type AssetEvent =
  | Event<'asset.created', AssetIds & { type: string; name: string; filesize: number }>
  | Event<'asset.copied', AssetIds & { source_id: string; files: number; bytes: number; comments: number }>
  | Event<'asset.updated', AssetIds & { changed: string[] }>
  | Event<'asset.label.updated', AssetIds & { label: string; previous: string }>
  | Event<'asset.moved', AssetIds & { from_parent_id: string | null }>
  | Event<'asset.uploaded', AssetIds & { filesize: number }>
  | Event<'asset.progressed', AssetIds & { progress: number }>
  | Event<'asset.ready', AssetIds & { duration: number | null }>
  | Event<'asset.failed', AssetIds & { code: string; detail: string }>
  | Event<'asset.versioned', AssetIds & { version_stack_id: string; version: number }>
  | Event<'asset.unversioned', AssetIds & { version_stack_id: string }>
  | Event<'asset.deleted', AssetIds & { files: number; bytes: number; comments: number }>
  | Event<'asset.restored', AssetIds & { files: number; bytes: number; comments: number }>

type Any = Stored<AssetEvent>

const realtime = (e: Any): RealtimeEntry => ({
  data: { asset_id: e.subjectId, ...e.data },
  audience: e.data.private ? 'team' : 'everyone',
})
const audit = (action: string) => (e: Any) => ({ action, itemType: 'asset', details: e.data })
const webhook = (e: Any) => ({ resource: { type: 'asset', id: e.subjectId } })
const cache = (e: Any) => [`asset:${e.subjectId}`, ...(e.data.parent_id ? [`asset:${e.data.parent_id}`] : [])]
const rest = { analytics: null, notify: null, usage: null, cache, realtime, webhook: null }

export const assetProtocols: Protocols<AssetEvent> = {
  'asset.created': {
    ...rest,
    audit: audit('AssetCreated'),
    usage: (e) => (e.data.type === 'file' ? storage(1, e.data.filesize) : []),
    webhook,
  },
  'asset.copied': {
    ...rest,
    audit: audit('AssetCopied'),
    usage: (e) => [...storage(e.data.files, e.data.bytes), { metric: 'comments', amount: e.data.comments }],
    webhook,
  },
  'asset.updated': { ...rest, audit: audit('AssetUpdated'), webhook },
  'asset.label.updated': {
    ...rest,
    audit: audit('AssetLabelUpdated'),
    analytics: (e) => ({ name: 'asset.label.updated', assetId: e.subjectId, props: { label: e.data.label } }),
    notify: (e) => ({
      kind: 'label',
      assetId: e.subjectId,
      verb: `set ${e.data.label.replaceAll('_', ' ')} on`,
    }),
    webhook,
  },
  'asset.moved': { ...rest, audit: audit('AssetMoved'), webhook },
  'asset.uploaded': {
    ...rest,
    audit: audit('AssetUploaded'),
    analytics: (e) => ({
      name: 'asset.uploaded',
      assetId: e.subjectId,
      props: { filesize: e.data.filesize },
    }),
    notify: (e) => ({ kind: 'asset', assetId: e.subjectId, verb: 'uploaded' }),
  },
  'asset.progressed': { ...rest, audit: null },
  'asset.ready': {
    ...rest,
    audit: audit('AssetReady'),
    usage: (e) => (e.data.duration ? [{ metric: 'minutes', amount: Math.ceil(e.data.duration / 60) }] : []),
    webhook,
  },
  'asset.failed': { ...rest, audit: audit('AssetFailed') },
  'asset.versioned': { ...rest, audit: audit('AssetVersioned'), webhook },
  'asset.unversioned': { ...rest, audit: audit('AssetUnversioned') },
  'asset.deleted': {
    ...rest,
    audit: audit('AssetDeleted'),
    usage: (e) => [
      ...storage(-e.data.files, -e.data.bytes),
      { metric: 'comments', amount: -e.data.comments },
    ],
    webhook,
  },
  'asset.restored': {
    ...rest,
    audit: audit('AssetRestored'),
    usage: (e) => [...storage(e.data.files, e.data.bytes), { metric: 'comments', amount: e.data.comments }],
  },
}

function storage(files: number, bytes: number) {
  return [
    { metric: 'files' as const, amount: files },
    { metric: 'storage' as const, amount: bytes },
  ]
}
