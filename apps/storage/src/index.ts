export type {
  BlobStat,
  BlobStore,
  ByteRange,
  IncomingPart,
  LocalFile,
  PartLocation,
  ReceivedPart,
  RecordedPart,
  Upload,
} from './blob-store.ts'
export { type Checksums, checksum, partEtag } from './checksum.ts'
export { openDiskStore } from './disk/open-disk-store.ts'
export { StorageError, type StorageErrorCode } from './errors.ts'
export { originalKey, renditionKey, renditionPrefix } from './keys.ts'
export { partCount } from './part-count.ts'
export { parseRange } from './range.ts'
export { createLinks, type Links } from './signing/links.ts'
export { mediaGrant, mediaPath, verifyMedia } from './signing/media-url.ts'
export { createSigner, type Signer, type SigningKeys } from './signing/signer.ts'
export { type PartLink, type UploadTarget, uploadPath, verifyUpload } from './signing/upload-url.ts'
