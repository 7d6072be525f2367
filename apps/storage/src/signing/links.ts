import { originalKey, renditionKey, renditionPrefix } from '../keys.ts'
import { mediaGrant, mediaPath, verifyMedia } from './media-url.ts'
import type { Signer } from './signer.ts'
import { type PartLink, type UploadTarget, uploadPath, verifyUpload } from './upload-url.ts'

/** Makes self-authorising paths to bytes, without a host, and tells which are genuine. */
export interface Links {
  /** Where part `index` of an upload may be put, for 24 hours. */
  part(uploadId: string, index: number): string
  /** The original's bytes, as an attachment called `fileName`. */
  original(assetId: string, fileName: string): string
  /** A rendition's bytes; names below the same asset resolve relatively, as HLS playlists need. */
  rendition(assetId: string, name: string): string
  /** A rendition as an attachment called `fileName`. */
  download(assetId: string, name: string, fileName: string): string
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
  const rendition = (assetId: string, name: string, filename?: string) =>
    mediaPath(grant(renditionPrefix(assetId)), renditionKey(assetId, name), filename)
  return {
    part: (uploadId, part) => uploadPath(signer, { uploadId, part }, now()),
    original: (assetId, filename) => mediaPath(grant(originalKey(assetId)), originalKey(assetId), filename),
    rendition: (assetId, name) => rendition(assetId, name),
    download: rendition,
    openPart: (link) => verifyUpload(signer, link, now()),
    openMedia: (grant, key) => verifyMedia(signer, grant, key, now()),
  }
}
