import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const APP = fileURLToPath(new URL('..', import.meta.url))
const STAMP = '.sources'

/** The folder that `buildWeb` fills by default: `dist` of this app. */
export function webRoot(): string {
  return join(APP, 'dist')
}

/**
 * Builds the browser client into `outDir` (default `webRoot()`), unless what lies there was built from the same
 * sources. Builds beside it and swaps, so that processes which build at once, or serve meanwhile, never see half of it.
 * Answers the folder and whether it was built just now. Throws what Vite throws when the sources don't build.
 */
export async function buildWeb(options: { outDir?: string } = {}): Promise<{ root: string; built: boolean }> {
  const root = options.outDir ?? webRoot()
  const sources = await hashOfSources()
  if ((await stampOf(root)) === sources) return { root, built: false }
  const draft = `${root}-${process.pid}`
  await bundle(draft)
  await writeFile(join(draft, STAMP), sources)
  return { root, built: await swap(draft, root, sources) }
}

/** Puts `draft` in the place of `root`; false when another process has put the same there first. */
async function swap(draft: string, root: string, sources: string): Promise<boolean> {
  try {
    if ((await stampOf(root)) === sources) return false
    await rm(root, { recursive: true, force: true })
    await rename(draft, root)
    return true
  } catch (error) {
    if ((await stampOf(root)) !== sources) throw error
    return false
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function bundle(outDir: string): Promise<void> {
  // Vite is needed for a build alone: a start with an up-to-date build doesn't pay for loading it.
  const { build } = await import('vite')
  await build({
    root: APP,
    configFile: false,
    logLevel: 'error',
    esbuild: { jsx: 'automatic' },
    // Hashed files live apart from `/assets/<id>`, which is a page of the client.
    build: { outDir, emptyOutDir: true, assetsDir: 'static', target: 'es2023', reportCompressedSize: false },
  })
}

/** One hash over every file that can change the output, and over the pinned versions of what it is built with. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256')
  const timecode = fileURLToPath(import.meta.resolve('@rushes/media/timecode'))
  const inside = (await readdir(join(APP, 'src'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of [...inside, join(APP, 'index.html'), join(APP, 'package.json'), timecode]) {
    hash.update(`${file.slice(APP.length)}\0`).update(await readFile(file))
  }
  return hash.digest('hex')
}

async function stampOf(root: string): Promise<string | null> {
  return readFile(join(root, STAMP), 'utf8').catch(() => null)
}
