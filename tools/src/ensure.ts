import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that tests use and npm doesn't bring. */
interface Program {
  readonly name: string
  /** Its file name, or an absolute path, in order of preference. */
  readonly files: readonly string[]
  readonly debian: string
  readonly optional?: string
}

const programs: readonly Program[] = [
  {
    name: 'Chromium',
    files: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    debian: 'chromium',
  },
  { name: 'Memcached', files: ['memcached', '/usr/bin/memcached'], debian: 'memcached' },
  {
    name: 'ffmpeg',
    files: ['ffmpeg'],
    debian: 'ffmpeg',
    optional: 'the older one that npm brings is used, and less is confined',
  },
  {
    name: 'bubblewrap',
    files: ['bwrap'],
    debian: 'bubblewrap',
    optional: 'ffmpeg runs confined, but in no jail of its own',
  },
]

/**
 * Finds the programs that tests need beyond npm; what is missing is installed where that is ours to do (as root, on a system
 * with apt-get). Throws one line that names what is still missing. Takes a millisecond when all is there.
 */
export function ensurePrograms(): void {
  const missing = programs.filter((program) => !find(program))
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && onPath('apt-get')) install(missing.map(({ debian }) => debian))
  const absent = missing.filter((program) => !find(program))
  for (const { name, optional } of absent) if (optional) console.warn(`${name} is not installed: ${optional}`)
  const needed = absent.filter(({ optional }) => !optional)
  if (needed.length > 0)
    throw new Error(
      `the tests need ${needed.map(({ name }) => name).join(', ')}; install them (Debian: apt-get install ${needed.map(({ debian }) => debian).join(' ')}) and run this again`,
    )
}

function find({ files }: Program): string | undefined {
  return files.map((file) => (file.startsWith('/') ? executable(file) : onPath(file))).find(Boolean)
}

function onPath(file: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => executable(join(folder, file))).find(Boolean)
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK)
    return path
  } catch {
    return undefined
  }
}

function install(packages: string[]): void {
  console.log(`installing ${packages.join(' ')} with apt-get`)
  const options = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { ...options, env })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    ...options,
    env,
  })
}
