import { assetQuery } from '../wire/assets.ts'
import { dropComment, keepComment, readComment } from '../wire/comments.ts'
import { queryClient } from '../wire/query-client.ts'
import { RequestError } from '../wire/request.ts'
import type { Asset } from '../wire/types.ts'
import type { Effect } from './live-event.ts'

/** Brings the cache up to what an event said. Comments that can't be seen (any more) leave it. */
export async function applyEffect(effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'keep-comment':
      keepComment(effect.comment)
      return refreshCounts(effect.comment.asset_id)
    case 'drop-comment':
      dropComment(effect.assetId, effect.commentId)
      return refreshCounts(effect.assetId)
    case 'fetch-comment':
      return fetchComment(effect.assetId, effect.commentId)
    case 'progress':
      return setProgress(effect.assetId, effect.progress)
    case 'refresh':
      for (const id of effect.assetIds) void queryClient.invalidateQueries({ queryKey: ['assets', id] })
      return
    case 'people':
      return queryClient.invalidateQueries({ queryKey: ['projects', effect.projectId, 'people'] })
    case 'none':
      return
  }
}

async function fetchComment(assetId: string, commentId: string): Promise<void> {
  try {
    keepComment(await readComment(commentId))
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) dropComment(assetId, commentId)
  }
  refreshCounts(assetId)
}

/** The number of comments stands on the asset and in its folder's list. */
function refreshCounts(assetId: string): void {
  for (const key of listsWith(assetId)) void queryClient.invalidateQueries({ queryKey: key, exact: true })
}

/** Moves a progress bar at once, without reading anything again. */
function setProgress(assetId: string, progress: number): void {
  const patch = (asset: Asset): Asset =>
    asset.id === assetId && asset.rushes ? { ...asset, rushes: { ...asset.rushes, progress } } : asset
  queryClient.setQueryData(assetQuery(assetId).queryKey, (asset) => asset && patch(asset))
  for (const queryKey of listsWith(assetId)) {
    queryClient.setQueryData(queryKey, (list: Asset[] | undefined) =>
      list?.map((asset) =>
        asset.cover_asset ? { ...patch(asset), cover_asset: patch(asset.cover_asset) } : patch(asset),
      ),
    )
  }
}

/** The cached folder lists in which the asset stands, itself or as the cover of a version stack. */
function listsWith(assetId: string) {
  return queryClient
    .getQueryCache()
    .findAll({ predicate: ({ queryKey }) => queryKey[0] === 'assets' && queryKey[2] === 'children' })
    .filter(({ state }) =>
      (state.data as Asset[] | undefined)?.some(
        (asset) => asset.id === assetId || asset.cover_asset?.id === assetId,
      ),
    )
    .map(({ queryKey }) => queryKey)
}
