import { Accounts, Projects } from '@rushes/core'
import { type Route, route } from '@rushes/middleware'
import { assetView } from '../views/asset.ts'

/** Copying, and what is done to many assets at once. */
export const copies: Route[] = [
  route('POST /v2/assets/:asset_id/copy', {
    policy: Projects.addToAsset,
    id: 'asset_id',
    input: Projects.CopyAsset,
    run: Projects.copyAsset,
    view: assetView,
  }),
  route('POST /v2/batch/assets/:asset_id/copy', {
    policy: Projects.addToAsset,
    id: 'asset_id',
    input: Projects.CopyAssets,
    run: Projects.copyAssets,
    view: (made, view) => ({
      success: Object.fromEntries([...made].map(([source, copy]) => [source, assetView(copy, view)])),
      error: {},
    }),
  }),
  route('DELETE /v2/batch/assets', {
    policy: Accounts.signedIn('asset.delete'),
    input: Projects.DeleteAssets,
    run: Projects.deleteAssets,
    view: () => ({ error: null }),
  }),
]
