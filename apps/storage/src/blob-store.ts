import type { Readable } from 'node:stream'

/** First and last byte, both included, as in an HTTP Range. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface BlobStat {
  readonly key: string
  /** Bytes. */
  readonly size: number
  readonly modifiedAt: Date
  /** Changes whenever the bytes do; without the quotes HTTP wants around it. */
  readonly etag: string
}

/** What a multipart upload will become: `size` bytes under `key`, sent to at most `partCount` URLs. */
export interface Upload {
  /** A UUID; the asset's. */
  readonly id: string
  readonly key: string
  readonly size: number
  readonly partCount: number
}

export interface IncomingPart {
  /** From 0; the order in which parts are put together. */
  readonly index: number
  /** Its Content-Length; null when the client didn't say. */
  readonly size: number | null
  /** Read once, and no faster than the disk takes it. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Where a store keeps a part. Plain JSON for the caller's record, meaningful to the store alone. */
export interface PartLocation {
  readonly file: string
  readonly offset: number
}

/** A part that is on disk for good. It counts once the caller has recorded it, and no other part can damage it. */
export interface ReceivedPart {
  readonly index: number
  readonly size: number
  /** XXH64 of its bytes, 16 lower-case hex digits. */
  readonly etag: string
  readonly location: PartLocation
}

export type RecordedPart = Pick<ReceivedPart, 'index' | 'size' | 'location'>

/** A file on this machine with an object's bytes, for programs that want a path. Read it only. */
export interface LocalFile extends AsyncDisposable {
  readonly path: string
}

/**
 * Where blobs live. Objects are immutable: they appear whole or not at all, and a second write replaces the first in one
 * step. Every promise of a write resolves only when the bytes would survive a power cut. All throw StorageError.
 */
export interface BlobStore {
  /**
   * Keeps one part beside whatever else was received for its index; which one counts is the caller's record. Throws
   * `too_large` past the upload's size and `storage_full`; whatever it throws, nothing of the part stays behind.
   */
  putPart(upload: Upload, part: IncomingPart): Promise<ReceivedPart>
  /** Frees a received part that the caller has not recorded, or has replaced in its record; not one that is being finished. */
  discardPart(upload: Upload, part: RecordedPart): Promise<void>
  /**
   * Puts the recorded parts together in index order under the upload's key and frees the rest. Throws `incomplete` unless
   * their sizes add up to the upload's. Safe to repeat, also after a crash and at the same time.
   */
  finishUpload(upload: Upload, parts: readonly RecordedPart[]): Promise<BlobStat>
  /** Frees everything received for an upload; the finished object, if there is one, stays. */
  abortUpload(id: string): Promise<void>
  /**
   * Removes what crashes left: temporary files last touched before `before`, and uploads last touched before it that
   * `isOpen` doesn't claim. Returns how many of both.
   */
  sweep(before: Date, isOpen: (uploadId: string) => Promise<boolean>): Promise<number>

  put(key: string, body: AsyncIterable<Uint8Array>): Promise<BlobStat>
  /** Takes a file over: it is gone from `path` afterwards. */
  putFile(key: string, path: string): Promise<BlobStat>
  /** The object's bytes, or those of a range that must lie inside it. Throws `not_found`. */
  open(key: string, range?: ByteRange): Promise<Readable>
  /** Null when there is no such object. */
  stat(key: string): Promise<BlobStat | null>
  /** Removes an object; a missing one is no error. */
  remove(key: string): Promise<void>
  /** Removes every object whose key starts with `prefix`, for example `renditions/<uuid>/`. */
  removeAll(prefix: string): Promise<void>
  /** Every object whose key starts with `prefix` (which ends with `/`), in no order. */
  list(prefix: string): AsyncIterable<BlobStat>
  /** Throws `not_found`. Dispose it after use: a remote store would have copied the object here. */
  localPath(key: string): Promise<LocalFile>
}
