import { chmod, chown, cp, lchown, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, accounts, canEnter, canRun } from './account.ts'
import { type Installation, program } from './binaries.ts'
import { EmbeddedError } from './errors.ts'

export interface Place {
  readonly account: Account
  readonly installation: Installation
}

/**
 * Finds an account and an installation with which the server can run on `folder`: npm's installation where the account
 * reaches it, else a copy under /var/cache. Throws `no_account` when there is no such pair.
 */
export async function choosePlace(installation: Installation, folder: string): Promise<Place> {
  for (const account of await accounts()) {
    if (process.getuid?.() === 0 && !(await canEnter(account, folder))) continue
    if (await canRun(account, program(installation, 'postgres'))) return { account, installation }
    if (account.spawn.uid === undefined) continue
    const copy = await copyInstallation(installation)
    if (await canRun(account, program(copy, 'postgres'))) return { account, installation: copy }
  }
  throw new EmbeddedError(
    'no_account',
    `PostgreSQL can't run on ${folder}: it refuses root, and no other user gets there; choose a folder outside /root with RUSHES_DATA_DIR, or start as another user`,
  )
}

async function copyInstallation({ folder, version }: Installation): Promise<Installation> {
  const cache = '/var/cache/rushes'
  const copy = { folder: join(cache, `postgres-${version}`), version }
  if (await stat(program(copy, 'postgres')).catch(() => undefined)) return copy
  await mkdir(cache, { recursive: true, mode: 0o755 })
  const draft = await mkdtemp(join(cache, 'draft-'))
  await cp(folder, draft, { recursive: true, verbatimSymlinks: true })
  await chmod(draft, 0o755)
  // Someone who copied at the same time got here first: theirs is as good.
  await rename(draft, copy.folder).catch(() => rm(draft, { recursive: true }))
  return copy
}

/** Gives `folder` and all in it to the account; a folder moved here by hand, or first used by another account, is put right. */
export async function giveTo({ owner }: Account, folder: string): Promise<void> {
  if (!owner || (await stat(folder)).uid === owner.uid) return
  for (const entry of await readdir(folder, { recursive: true }))
    await lchown(join(folder, entry), owner.uid, owner.gid)
  await chown(folder, owner.uid, owner.gid)
}
