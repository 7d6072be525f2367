/** Where bytes live, and self-authorising paths to them. */
export type { BlobStore as Blobs, Links } from '@rushes/storage'
