import { join } from 'node:path'
import { checkKey, checkUploadId } from '../keys.ts'

/** The folders of a disk store: `originals/` and `renditions/` hold objects, `uploads/<id>/` parts, `temporary/` what is being written. */
export interface Paths {
  readonly root: string
  readonly originals: string
  readonly uploads: string
  readonly temporary: string
  /** Where an object's bytes lie. Throws `invalid_key`. */
  object(key: string): string
  /** Throws `invalid_key`. */
  upload(id: string): string
  /** A new name nobody else uses. */
  temporaryFile(): string
}

export function pathsIn(root: string): Paths {
  const temporary = join(root, 'temporary')
  const uploads = join(root, 'uploads')
  return {
    root,
    originals: join(root, 'originals'),
    uploads,
    temporary,
    object: (key) => join(root, checkKey(key)),
    upload: (id) => join(uploads, checkUploadId(id)),
    temporaryFile: () => join(temporary, crypto.randomUUID()),
  }
}
