import { queryOptions } from '@tanstack/react-query'
import { noteSnapshot } from '../live/cursor.ts'
import { queryClient } from './query-client.ts'
import { request, requestAll, requestAnswer } from './request.ts'
import type { Asset, Label } from './types.ts'

export const assetQuery = (assetId: string) =>
  queryOptions({
    queryKey: ['assets', assetId],
    queryFn: async () => {
      const { body, seq } = await requestAnswer<Asset>('GET', `/v2/assets/${assetId}`)
      noteSnapshot(body.project_id, seq)
      return body
    },
  })

/** What lies in a folder or version stack (versions: newest first); folders with the first three things in them. */
export const childrenQuery = (assetId: string) =>
  queryOptions({
    queryKey: ['assets', assetId, 'children'],
    queryFn: () => requestAll<Asset>(`/v2/assets/${assetId}/children?include=children,cover_asset`),
  })

/** The folders from the project's root down to `folder`, itself included. */
export const pathQuery = (folderId: string) =>
  queryOptions({
    queryKey: ['assets', folderId, 'path'],
    queryFn: async () => {
      const path: Asset[] = []
      for (let id: string | null = folderId; id !== null; ) {
        const asset: Asset = await queryClient.ensureQueryData(assetQuery(id))
        path.unshift(asset)
        id = asset.parent_id
      }
      return path
    },
  })

export function createFolder(parentId: string, name: string): Promise<Asset> {
  return request<Asset>('POST', `/v2/assets/${parentId}/children`, { type: 'folder', name })
}

/** Announces a file; the answer carries `upload_urls`, one for each part to PUT. */
export function createFile(
  parentId: string,
  file: { name: string; size: number; type: string },
): Promise<Asset> {
  return request<Asset>('POST', `/v2/assets/${parentId}/children`, {
    type: 'file',
    name: file.name,
    filesize: file.size,
    ...(file.type && { filetype: file.type }),
  })
}

export function renameAsset(assetId: string, name: string): Promise<Asset> {
  return request<Asset>('PUT', `/v2/assets/${assetId}`, { name })
}

export function deleteAsset(assetId: string): Promise<Asset> {
  return request<Asset>('DELETE', `/v2/assets/${assetId}`)
}

export function setLabel(assetId: string, label: Label): Promise<Asset> {
  return request<Asset>('POST', `/v2/assets/${assetId}/label`, { label })
}

/** Puts `nextAssetId` on top of `assetId` as its newest version; answers the version stack. */
export function addVersion(assetId: string, nextAssetId: string): Promise<Asset> {
  return request<Asset>('POST', `/v2/assets/${assetId}/version`, { next_asset_id: nextAssetId })
}

/** Reads an asset and its folder's list again, after a change that the answer doesn't fully show. */
export function refreshAsset(asset: { id: string; parent_id: string | null }): Promise<void> {
  const keys = [['assets', asset.id], ...(asset.parent_id ? [['assets', asset.parent_id]] : [])]
  return Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey }))).then(() => {})
}
