import type { Readable } from 'node:stream'
import { type BlobStat, type ByteRange, originalKey, parseRange, StorageError } from '@rushes/storage'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'

/** An object that a media link opens, and the part of it that was asked for. Nothing is open until `read`. */
export interface OpenBlob {
  stat: BlobStat
  /** What the Range and If-Range headers come to: the answer is 200, 206 or 416. */
  range: ByteRange | 'whole' | 'unsatisfiable'
  /** Unix second at which the link expires. */
  expires: number
  read(): Promise<Readable>
}

/**
 * The object behind a media link: the grant says it all, so no row is read. Throws `forbidden` for a grant that isn't genuine
 * or has expired, `not_found` for an object that has gone.
 */
export async function openBlob(
  ctx: Pick<Ctx, 'core'>,
  link: { grant: string; key: string },
  { range, ifRange }: { range?: string | undefined; ifRange?: string | undefined },
): Promise<OpenBlob> {
  const { blobs, links } = ctx.core
  const expires = links.openMedia(link.grant, link.key)
  if (expires === null) throw new CoreError('forbidden', { detail: 'The link is not valid or has expired' })
  const stat = await blobs.stat(link.key).catch(asNotFound)
  if (!stat) throw new CoreError('not_found')
  const unchanged = ifRange === undefined || ifRange === `"${stat.etag}"`
  const part = parseRange(unchanged ? range : undefined, stat.size)
  return {
    stat,
    range: part,
    expires,
    read: () => blobs.open(link.key, typeof part === 'string' ? undefined : part).catch(asNotFound),
  }
}

/** The key of an asset's original: that of its source for a copy. A link to it opens nothing until the upload is complete. */
export function originalOf(asset: { id: string; original_key: string | null }): string {
  return asset.original_key ?? originalKey(asset.id)
}

function asNotFound(error: unknown): never {
  const gone = error instanceof StorageError && (error.code === 'not_found' || error.code === 'invalid_key')
  throw gone ? new CoreError('not_found', { cause: error }) : error
}
