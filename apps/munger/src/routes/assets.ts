import type { Call, Kind, LegacyIds } from '../call.ts'
import { notFound } from '../legacy-error.ts'
import { fileRecord, folderRecord, stackRecord } from '../records/asset.ts'
import { rows } from '../rows.ts'
import type { V2Asset } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'

export type AssetKind = Exclude<Kind, 'project'>

const TYPES: Record<AssetKind, V2Asset['type']> = {
  folder: 'folder',
  file_reference: 'file',
  version_stack: 'version_stack',
}

/** The asset that a call is about. Of another kind than the path says, it is as absent as any. */
export async function needAsset(call: Call, kind: AssetKind, given?: string): Promise<V2Asset> {
  const asset = await call.v2.get<V2Asset>(`/v2/assets/${await call.id(kind, given)}`)
  if (asset.type !== TYPES[kind]) throw notFound()
  return asset
}

/** The legacy ids of everything that assets refer to. */
export function idsOf(call: Call, assets: V2Asset[]): Promise<LegacyIds> {
  return call.legacyIds(
    assets.flatMap((asset) => [asset.id, asset.parent_id, asset.project_id, asset.cover_asset_id]),
  )
}

const renderers: Record<V2Asset['type'], (asset: V2Asset, legacy: LegacyIds) => LegacyRecord> = {
  folder: folderRecord,
  file: fileRecord,
  version_stack: stackRecord,
}

export async function assetRecords(call: Call, assets: V2Asset[]): Promise<LegacyRecord[]> {
  const legacy = await idsOf(call, assets)
  return assets.map((asset) => renderers[asset.type](asset, legacy))
}

export async function assetRecord(call: Call, asset: V2Asset): Promise<LegacyRecord> {
  return renderers[asset.type](asset, await idsOf(call, [asset]))
}

/** The children of one type, in V2's order (by `index`, then age). */
export async function children(call: Call, parent: V2Asset, type: V2Asset['type']) {
  const found = await call.v2.list<V2Asset>(`/v2/assets/${parent.id}/children`, { type })
  return rows(found, (page) => assetRecords(call, page))
}

/** Makes children one after the other, in the order given; V2 has no batch. */
export async function createChildren(call: Call, parent: V2Asset, bodies: object[]): Promise<V2Asset[]> {
  const made: V2Asset[] = []
  for (const body of bodies) made.push(await call.v2.post(`/v2/assets/${parent.id}/children`, body))
  return made
}

/** Deletes one after the other: V2 has no batch, so what came before a refusal stays deleted. */
export async function deleteAssets(call: Call, kind: AssetKind, ids: string[]): Promise<void> {
  for (const given of ids) {
    const asset = await needAsset(call, kind, given)
    await call.v2.delete(`/v2/assets/${asset.id}`)
  }
}
