import { isUuid } from '../keys.ts'
import type { Signer } from './signer.ts'

const lifetimeSeconds = 24 * 60 * 60

export interface UploadTarget {
  uploadId: string
  /** From 0. */
  part: number
}

/** The pieces of an upload path, as text from a request. */
export interface PartLink {
  uploadId: string
  part: string
  expires: string
  signature: string
}

/** The path to PUT a part to, good for 24 hours: `/upload/<id>/<part>?expires=…&signature=…`. `now` is in milliseconds. */
export function uploadPath(signer: Signer, target: UploadTarget, now: number): string {
  const expires = Math.floor(now / 1000) + lifetimeSeconds
  return `/upload/${target.uploadId}/${target.part}?expires=${expires}&signature=${signer.sign(message(target, expires))}`
}

/** The target that a request may write to; null when the signature isn't for exactly this path, or has expired. */
export function verifyUpload(signer: Signer, request: PartLink, now: number): UploadTarget | null {
  const { uploadId, signature } = request
  const target = { uploadId, part: Number(request.part) }
  const expires = Number(request.expires)
  const plain =
    isUuid(uploadId) && String(target.part) === request.part && String(expires) === request.expires
  if (!plain || expires * 1000 <= now || !signer.verify(message(target, expires), signature)) return null
  return target
}

function message({ uploadId, part }: UploadTarget, expires: number): string {
  return `PUT\n/upload/${uploadId}/${part}\n${expires}`
}
