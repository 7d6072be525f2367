import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { jailArguments } from './jail.ts'

/**
 * How runs of the tools are held on this machine.
 * - `bwrap`: own network, process and file-system namespaces; the source read-only, nothing else of the disk.
 * - `setpriv`: no jail; killed with its parent, and run as nobody when we are root.
 * - `warden`: no jail; a small Node process kills it when we are gone (for systems without the two above).
 */
export type Confinement = {
  readonly kind: 'bwrap' | 'setpriv' | 'warden'
  readonly bwrap: string | null
  readonly setpriv: string | null
  readonly prlimit: string | null
  readonly nice: string | null
  readonly warnings: readonly string[]
}

/** The uid and gid that unprivileged runs get when we are root: nobody. */
export const NOBODY = 65_534

const run = promisify(execFile)

/** Probes, by running them, which of the system's means of confinement work here. */
export async function findConfinement(
  tools: { ffmpeg: string; ffprobe: string },
  path: string,
  allowed: readonly Confinement['kind'][] = ['bwrap', 'setpriv', 'warden'],
): Promise<Confinement> {
  const find = (name: string) => findCommand(name, path)
  const [bwrap, setpriv, prlimit, nice] = await Promise.all(['bwrap', 'setpriv', 'prlimit', 'nice'].map(find))
  const parts = {
    bwrap: bwrap ?? null,
    setpriv: setpriv ?? null,
    prlimit: prlimit ?? null,
    nice: nice ?? null,
  }
  if (bwrap && allowed.includes('bwrap') && (await jailWorks(bwrap, tools))) {
    return { ...parts, kind: 'bwrap', warnings: [] }
  }
  const warning = 'no working bwrap: ffmpeg runs without a jail (install bubblewrap)'
  if (
    setpriv &&
    allowed.includes('setpriv') &&
    (await works(setpriv, ['--pdeathsig', 'KILL', tools.ffmpeg, '-version']))
  ) {
    return { ...parts, kind: 'setpriv', warnings: [warning] }
  }
  return { ...parts, kind: 'warden', warnings: [warning] }
}

async function jailWorks(bwrap: string, tools: { ffmpeg: string; ffprobe: string }): Promise<boolean> {
  const answers = [tools.ffmpeg, tools.ffprobe].map(async (tool) =>
    works(bwrap, [...(await jailArguments({ tool })), tool, '-version']),
  )
  return (await Promise.all(answers)).every(Boolean)
}

async function findCommand(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name)
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate
  }
  return null
}

async function works(command: string, args: string[]): Promise<boolean> {
  return run(command, args, { timeout: 10_000, env: {} }).then(
    () => true,
    () => false,
  )
}
