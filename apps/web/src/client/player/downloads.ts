import type { Asset } from '../wire/types.ts'

const NAMES: Record<string, string> = {
  h264_2160: '2160p MP4',
  h264_1080_best: '1080p MP4',
  h264_720: '720p MP4',
  h264_540: '540p MP4',
  h264_360: '360p MP4',
  image_full: 'Full-size image',
  image_high: 'Large image',
}

/** What the visitor may take along, the original first. */
export function downloadsOf(asset: Asset): { label: string; url: string }[] {
  const renditions = Object.entries(NAMES).flatMap(([field, label]) => {
    const url = asset.downloads?.[field]
    return url ? [{ label, url }] : []
  })
  return [...(asset.original ? [{ label: 'Original', url: asset.original }] : []), ...renditions]
}
