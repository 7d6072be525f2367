import { createHash } from 'node:crypto'

/** Kinds of records whose legacy ids are eight letters; all others kept their UUID. */
export type ShortIdKind = 'project' | 'folder' | 'file_reference' | 'version_stack'

/**
 * The V2 id of a legacy record: drawn from the id itself, so that every run, host and translator gives the same without
 * asking. In the form of a version 4 UUID, as clients expect. Ids are bytes: `AbCdEfGh` and `abcdefgh` are two.
 */
export function v2Id(kind: ShortIdKind | 'root_folder' | 'anonymous_user', legacyId: string): string {
  const bytes = createHash('sha256').update(`${kind}:${legacyId}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
