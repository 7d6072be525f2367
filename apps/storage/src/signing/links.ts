import { checkKey, renditionPrefix } from '../keys.ts'
import { mediaGrant, mediaPath, verifyMedia } from './media-url.ts'
import type { Signer } from './signer.ts'
import { type PartLink, type UploadTarget, uploadPath, verifyUpload } from './upload-url.ts'

/** Makes self-authorising paths to bytes, without a host, and tells which are genuine. */
export interface Links {
  /** Where part `index` of an upload may be put, for 24 hours. */
  part(uploadId: string, index: number): string
  /** The bytes of an object; names beside a rendition resolve relatively, as HLS playlists need. */
  show(key: string): string
  /** The bytes of an object, as an attachment called `fileName`. */
  save(key: string, fileName: string): string
  /** The part that a link from `part` is for; null when it isn't genuine or has expired. */
  openPart(link: PartLink): UploadTarget | null
  /** The unix second until which a grant in a media path opens `key`; null when it doesn't. */
  openMedia(grant: string, key: string): number | null
}

const mostGrants = 10_000

/** Links signed with `signer`. One signature opens all renditions of an asset, and is kept while it stays the same. */
export function createLinks(signer: Signer, now: () => number = Date.now): Links {
  const grants = new Map<string, { grant: string; hour: number }>()
  function grant(scope: string) {
    const time = now()
    const hour = Math.floor(time / 3_600_000)
    const kept = grants.get(scope)
    if (kept?.hour === hour) return kept.grant
    if (grants.size >= mostGrants) grants.clear()
    const made = mediaGrant(signer, scope, time)
    grants.set(scope, { grant: made, hour })
    return made
  }
  const link = (key: string, fileName?: string) => mediaPath(grant(scopeOf(checkKey(key))), key, fileName)
  return {
    part: (uploadId, part) => uploadPath(signer, { uploadId, part }, now()),
    show: (key) => link(key),
    save: link,
    openPart: (link) => verifyUpload(signer, link, now()),
    openMedia: (grant, key) => verifyMedia(signer, grant, key, now()),
  }
}

/** An original alone, or all renditions of its asset: the files of a playlist open each other. */
function scopeOf(key: string): string {
  const [kind, assetId = ''] = key.split('/')
  return kind === 'renditions' ? renditionPrefix(assetId) : key
}
