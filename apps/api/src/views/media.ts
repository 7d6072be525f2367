import { Projects } from '@rushes/core'
import type { ViewContext } from '@rushes/middleware'

const VIDEO = ['h264_360', 'h264_540', 'h264_720', 'h264_1080_best', 'h264_2160', 'video_h264_180'] as const
const STILLS = [
  'image_full',
  'image_high',
  'image_small',
  'thumb',
  'thumb_540',
  'thumb_scrub',
  'thumb_orig_ar_540',
  'cover',
  'frame_thumb',
  'frame_cover',
  'waveform',
  'scrub_sheet',
  'hls_manifest',
] as const
const DOWNLOADS = [
  'h264_360',
  'h264_540',
  'h264_720',
  'h264_1080_best',
  'h264_2160',
  'image_full',
  'image_high',
  'image_small',
] as const
const ABSENT = [
  'master_manifest_concentrate',
  'frame_custom',
  'scrub_video',
  'thumb_original',
  'page_full',
  'page_high',
  'page_small',
  'page_thumb',
  'page_proxy',
  'metadata_flags',
  'realtime_upload',
  'audio_tracks',
  'subtitle_tracks',
  'autoversion_id',
  'rating',
  'drm',
  'source',
] as const

const nulls = Object.fromEntries([...ABSENT, ...VIDEO, ...STILLS].map((name) => [name, null]))

/** The media fields of a file. URLs authorise themselves; downloads only where the actor may download. */
export function mediaView(detail: Projects.AssetDetail, { core, base }: ViewContext): object {
  const { asset, media, renditions } = detail
  const links = core.links
  const byField = new Map(renditions.flatMap((row) => (row.field ? [[row.field, row] as const] : [])))
  const urls = Object.fromEntries([...byField].map(([field, row]) => [field, base + links.show(row.key)]))
  const stem = asset.name.replace(/\.[^.]*$/, '')
  const download = (field: string) => {
    const row = byField.get(field)
    if (!row || !asset.can_download) return null
    const extension = row.name.slice(row.name.lastIndexOf('.'))
    return base + links.save(row.key, `${stem}_${field}${extension}`)
  }
  return {
    ...nulls,
    ...urls,
    asset_type: media?.asset_type ?? null,
    status: asset.status,
    upload_failed_at: asset.upload_failed_at,
    transcoded_at: asset.transcoded_at,
    original: asset.can_download ? base + links.save(Projects.originalOf(asset), asset.name) : null,
    downloads: Object.fromEntries(DOWNLOADS.map((field) => [field, download(field)])),
    transcode_statuses: statuses(renditions),
    transcodes: null,
    required_transcodes: renditions.flatMap((row) => (row.field ? [row.field] : [])),
    fps: media?.fps_num && media.fps_den ? media.fps_num / media.fps_den : null,
    duration: media?.duration ?? null,
    frames: media?.frames ?? 0,
    timecode: media?.timecode ?? null,
    metadata: media && {
      _type: 'asset_metadata',
      id: asset.id,
      asset_id: asset.id,
      source_timecode: media.timecode,
      timecode: media.timecode,
      blob: media.probe,
    },
    checksums: asset.xx_hash === null ? null : { id: asset.id, xx_hash: asset.xx_hash },
    is_360: false,
    is_hls_required: false,
    is_session_watermarked: false,
    is_forensically_watermarked: false,
    allow_original_playback: true,
    rushes: extras(detail, base, links),
  }
}

function statuses(renditions: Projects.RenditionRow[]) {
  return Object.fromEntries(
    renditions.flatMap((row) =>
      row.field && row.role === 'mp4'
        ? [
            [
              row.field,
              {
                encode_status: 'success',
                codec: 'h264',
                width: row.width,
                height: row.height,
                fps: row.fps,
                filesize: row.filesize,
                storage_class: 'STANDARD',
                watermark: { image: false, text: false },
              },
            ],
          ]
        : [],
    ),
  )
}

/** What V2 has no field for: exact rates, the sprite's layout, progress and the reason of a failure. */
function extras(
  { asset, media, renditions }: Projects.AssetDetail,
  base: string,
  links: ViewContext['core']['links'],
) {
  const url = (role: string) => {
    const row = renditions.find((rendition) => rendition.role === role)
    return row ? base + links.show(row.key) : null
  }
  return {
    sha256: asset.sha256,
    fps_num: media?.fps_num ?? null,
    fps_den: media?.fps_den ?? null,
    width: media?.width ?? null,
    height: media?.height ?? null,
    drop_frame: media?.drop_frame ?? false,
    start_timecode: media?.timecode ?? null,
    vfr: media?.variable_frame_rate ?? false,
    has_audio: media?.has_audio ?? false,
    progress: media?.progress ?? null,
    failure: media?.failure_code ? { code: media.failure_code, detail: media.failure_detail } : null,
    sprite: media?.sprite ?? null,
    waveform_peaks_url: url('peaks'),
  }
}
