import { hkdfSync, randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'

/** Makes the key for one purpose, such as `links`; all come from one secret. */
export type Keys = (purpose: string) => string

/** The keys from the configured secret, else from the one in `file`, which the first start makes and only we can read. */
export async function openKeys(configured: string | undefined, file: string): Promise<Keys> {
  const secret = configured ?? (await readOrMake(file))
  return (purpose) =>
    Buffer.from(hkdfSync('sha256', secret, '', `rushes ${purpose}`, 32)).toString('base64url')
}

async function readOrMake(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  if (kept.length >= 32) return kept
  const secret = randomBytes(32).toString('base64url')
  await using handle = await open(file, 'w', 0o600)
  await handle.writeFile(secret)
  await handle.sync()
  return secret
}
