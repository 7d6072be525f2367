import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PartLocation } from '../blob-store.ts'
import { StorageError, systemCode } from '../errors.ts'

/*
 * An upload's folder holds
 *   cut-<chunk>              the file to be, for one way of cutting it; parts are written into their regions
 *   cut-<chunk>.<index>      the claim on a region, an empty file: whoever creates it is the only one to write there
 *   part-<index>-<random>    a part whose region is unknown or already claimed
 */
const known = /^(cut-\d+|part-\d+-[0-9a-f-]{36})$/

/** Where an empty part is: nowhere. */
export const nowhere: PartLocation = { file: '', offset: 0 }

export function cutFile(chunk: number): string {
  return `cut-${chunk}`
}

export function newPartFile(index: number): string {
  return `part-${index}-${crypto.randomUUID()}`
}

export function isCutFile(file: string): boolean {
  return file.startsWith('cut-')
}

/** The path of a recorded location; its name is checked, for the record comes from outside. */
export function locationPath(directory: string, { file }: PartLocation): string {
  if (!known.test(file)) throw new StorageError('invalid_part', 'invalid part location')
  return join(directory, file)
}

/** Takes the sole right to write a region, for good. False when somebody has it, who may still be writing. */
export async function claimRegion(directory: string, file: string, index: number): Promise<boolean> {
  try {
    await using _claim = await open(join(directory, `${file}.${index}`), 'wx')
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Frees what a part occupies. Only for a part that nobody is writing any more. */
export async function freePart(directory: string, index: number, location: PartLocation): Promise<void> {
  if (location.file === '') return
  const path = locationPath(directory, location)
  await rm(isCutFile(location.file) ? `${path}.${index}` : path, { force: true })
}
