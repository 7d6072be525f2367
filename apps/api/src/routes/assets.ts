import { Projects } from '@rushes/core'
import { listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { assetView } from '../views/asset.ts'

const nothing = z.object({})

export const assets: Route[] = [
  route('GET /v2/assets/:asset_id', {
    policy: Projects.readDeletedAsset,
    id: 'asset_id',
    input: Projects.GetAsset,
    run: Projects.getAsset,
    view: assetView,
  }),
  route('PUT /v2/assets/:asset_id', {
    policy: Projects.updateAssetPolicy,
    id: 'asset_id',
    input: Projects.UpdateAsset,
    run: Projects.updateAsset,
    view: assetView,
  }),
  route('DELETE /v2/assets/:asset_id', {
    policy: Projects.deleteAssetPolicy,
    id: 'asset_id',
    input: nothing,
    run: Projects.deleteAsset,
    view: assetView,
  }),
  listRoute('GET /v2/assets/:asset_id/children', {
    policy: Projects.readAsset,
    id: 'asset_id',
    input: Projects.ListChildren,
    run: Projects.listChildren,
    view: assetView,
  }),
  route('POST /v2/assets/:asset_id/children', {
    policy: Projects.addToAsset,
    id: 'asset_id',
    input: Projects.CreateAsset,
    run: Projects.createAsset,
    view: assetView,
  }),
  route('POST /v2/assets/:asset_id/move', {
    policy: Projects.addToAsset,
    id: 'asset_id',
    input: Projects.MoveAsset,
    run: Projects.moveAsset,
    view: assetView,
  }),
  route('POST /v2/assets/:asset_id/version', {
    policy: Projects.updateAssetPolicy,
    id: 'asset_id',
    input: Projects.AddVersion,
    run: Projects.addVersion,
    view: assetView,
  }),
  route('DELETE /v2/assets/:asset_id/unversion', {
    policy: Projects.updateAssetPolicy,
    id: 'asset_id',
    input: nothing,
    run: Projects.removeVersion,
    view: assetView,
  }),
  route('POST /v2/assets/:asset_id/label', {
    policy: Projects.labelAssetPolicy,
    id: 'asset_id',
    input: Projects.LabelAsset,
    run: Projects.labelAsset,
    view: assetView,
  }),
  route('PUT /v2/assets/:asset_id/restore', {
    policy: Projects.restoreAssetPolicy,
    id: 'asset_id',
    input: nothing,
    run: Projects.restoreAsset,
    view: assetView,
  }),
]
