import { type IncomingPart, type PartLink, partEtag, StorageError, type UploadTarget } from '@rushes/storage'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { finishInterrupted, receivePart, recordedEtag } from './receive-part.ts'

/**
 * Takes one part of an upload from whoever holds its signed link, on behalf of who created the file. A part sent again after
 * the upload was complete, because its answer got lost, is answered like the first time. Throws `forbidden` for a link that
 * isn't genuine, has expired or is of no use any more, `invalid` for the wrong number of bytes, `storage_full`.
 */
export async function putPart(
  ctx: Ctx,
  link: PartLink,
  sent: Omit<IncomingPart, 'index'>,
): Promise<{ etag: string }> {
  const target = ctx.core.links.openPart(link)
  if (!target) throw new CoreError('forbidden', { detail: 'The link is not valid or has expired' })
  try {
    return await receivePart(ctx, target.uploadId, { ...sent, index: target.part })
  } catch (error) {
    if (error instanceof CoreError && error.code === 'conflict') return repeat(ctx, target, sent)
    throw fromStorage(error)
  }
}

/**
 * Also finishes what a crash cut short between the last part and the whole file. An empty part is taken however late: a client
 * that splits a file into fewer parts than it was offered sends such to the addresses that are left.
 */
async function repeat(
  ctx: Ctx,
  target: UploadTarget,
  { size, body }: Omit<IncomingPart, 'index'>,
): Promise<{ etag: string }> {
  const etag = await partEtag(body)
  if (size === 0) return { etag }
  if ((await recordedEtag(ctx, target.uploadId, target.part)) !== etag)
    throw new CoreError('forbidden', { detail: 'The upload is complete' })
  await finishInterrupted(ctx, target.uploadId)
  return { etag }
}

function fromStorage(error: unknown): unknown {
  if (!(error instanceof StorageError)) return error
  if (error.code === 'storage_full') return new CoreError('storage_full', { cause: error })
  if (error.code === 'too_large')
    return new CoreError('invalid', { detail: 'The part is larger than the file', cause: error })
  if (error.code === 'incomplete')
    return new CoreError('invalid', { detail: 'The part is incomplete', cause: error })
  return error
}
