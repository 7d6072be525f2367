import type { Asset } from '../wire/types.ts'

/** The file that an asset shows itself by: a version stack by its newest version. */
export function faceOf(asset: Asset): Asset {
  return asset.type === 'version_stack' ? (asset.cover_asset ?? asset) : asset
}

/** Up to `count` pictures of what lies in `assets` or, one level down, in their folders. */
export function thumbsOf(assets: readonly Asset[], count: number): string[] {
  const files = assets.flatMap((asset) => (asset.type === 'folder' ? (asset.children ?? []) : [asset]))
  return files.flatMap((asset) => faceOf(asset).thumb_540 ?? faceOf(asset).thumb ?? []).slice(0, count)
}

export type Stage =
  | { kind: 'uploading' }
  | { kind: 'transcoding'; progress: number }
  | { kind: 'failed'; detail: string }
  | { kind: 'ready' }

/** How far a file has come from being announced to being playable. */
export function stageOf(file: Asset): Stage {
  const failure = file.rushes?.failure
  if (file.status === 'failed' || failure)
    return { kind: 'failed', detail: failure?.detail ?? 'This file can’t be read.' }
  if (file.status === 'transcoded' || file.type === 'folder') return { kind: 'ready' }
  if (file.status === 'created' && !file.upload_completed_at) return { kind: 'uploading' }
  return { kind: 'transcoding', progress: file.rushes?.progress ?? 0 }
}

/** What is happening to a file that can't be played yet. */
export function stageText(stage: Stage): string {
  if (stage.kind === 'uploading') return 'Uploading'
  if (stage.kind !== 'transcoding') return ''
  return stage.progress > 0 ? `Transcoding ${Math.round(stage.progress * 100)} %` : 'Waiting to be transcoded'
}

export function hrefOf(asset: Asset): string {
  return asset.type === 'folder' ? `/projects/${asset.project_id}/${asset.id}` : `/assets/${asset.id}`
}
