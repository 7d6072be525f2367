import { sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { GrantedAsset } from '../policies/asset.ts'

/** The sound and subtitle streams of a file, by language (`und` where the file doesn't say); none until it was probed. */
export interface AssetTracks {
  id: string
  audio_tracks: string[]
  subtitle_tracks: string[]
}

export async function getAssetTracks(ctx: Ctx, asset: GrantedAsset<'asset.read'>): Promise<AssetTracks> {
  const { rows } = await sql<{ kind: string; language: string }>`
    select stream ->> 'codec_type' as kind, coalesce(stream -> 'tags' ->> 'language', 'und') as language
      from asset_media m, jsonb_array_elements(m.probe -> 'streams') with ordinality as listed (stream, place)
     where m.asset_id = ${asset.id} and jsonb_typeof(m.probe -> 'streams') = 'array' order by place`.execute(
    ctx.db,
  )
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.language)
  return { id: asset.id, audio_tracks: of('audio'), subtitle_tracks: of('subtitle') }
}
