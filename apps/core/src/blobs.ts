import type { BlobStore } from '@rushes/storage'

/** Where bytes live. */
export type Blobs = BlobStore

/** Makes self-authorising paths (no host) to bytes; the signing keys are the composition root's. */
export interface Links {
  /** Where part `index` of an upload may be put, for 24 hours. */
  part(uploadId: string, index: number): string
  /** The original's bytes, as an attachment of that name. */
  original(assetId: string, fileName: string): string
  /** A rendition's bytes; names below the same asset resolve relatively, as HLS playlists need. */
  rendition(assetId: string, name: string): string
  /** A rendition as an attachment called `fileName`. */
  download(assetId: string, name: string, fileName: string): string
}
