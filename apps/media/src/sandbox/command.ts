import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RunLimits } from '../limits.ts'
import { type Confinement, NOBODY } from './confinement.ts'
import { JAIL_SOURCE, JAIL_WORK, jailArguments } from './jail.ts'

/** What a run reads and writes, as real paths. Both optional: a generator has no source, a probe no work folder. */
export type Mounts = { readonly source?: string; readonly work?: string }

/** The same, as the tool will see them. */
export type Paths = { readonly source: string; readonly work: string }

/** One run of a tool, before confinement. */
export type Run = {
  readonly tool: string
  readonly args: readonly string[]
  readonly mounts: Mounts
  readonly limits: RunLimits
  readonly nice: number
}

const WARDEN = fileURLToPath(new URL('./warden.ts', import.meta.url))

/** Paths as seen from inside the confinement; tool arguments are built from these. */
export function pathsInside(confinement: Confinement, mounts: Mounts): Paths {
  if (confinement.kind === 'bwrap') return { source: JAIL_SOURCE, work: JAIL_WORK }
  return { source: mounts.source ?? '', work: mounts.work ?? '' }
}

/** A tool's full command line: limits, then confinement, then the tool. It never passes through a shell. */
export async function confinedCommand(confinement: Confinement, run: Run): Promise<string[]> {
  return [
    ...(confinement.kind === 'warden' ? [process.execPath, '--no-warnings', WARDEN] : []),
    ...(confinement.nice && run.nice > 0 ? [confinement.nice, '-n', String(run.nice)] : []),
    ...(confinement.prlimit ? [confinement.prlimit, ...resourceLimits(run.limits), '--'] : []),
    ...(await confine(confinement, run)),
    ...[run.tool, ...run.args],
  ]
}

/** True when runs here give up root: they then need a work folder that belongs to `NOBODY`. */
export function dropsPrivileges(confinement: Confinement): boolean {
  return confinement.kind === 'setpriv' && process.getuid?.() === 0
}

function resourceLimits(limits: RunLimits): string[] {
  const { addressBytes, cpuSeconds, fileBytes } = limits
  return [`--as=${addressBytes}`, `--cpu=${cpuSeconds}`, `--fsize=${fileBytes}`, '--nofile=256', '--core=0']
}

async function confine(confinement: Confinement, run: Run): Promise<string[]> {
  const { bwrap, setpriv, kind } = confinement
  if (kind === 'bwrap' && bwrap)
    return [bwrap, ...(await jailArguments({ tool: run.tool, ...run.mounts })), '--']
  if (kind !== 'setpriv' || !setpriv) return []
  const drop = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups']
  const asNobody = dropsPrivileges(confinement) && (await nobodyCan(setpriv, drop, run))
  return [setpriv, ...(asNobody ? drop : []), '--no-new-privs', '--pdeathsig', 'KILL', '--']
}

/** Asked by trying: whether nobody reaches the tool, the source and the work folder through every parent. */
async function nobodyCan(setpriv: string, drop: string[], run: Run): Promise<boolean> {
  const questions = [
    ...['-x', run.tool],
    ...(run.mounts.source ? ['-a', '-r', run.mounts.source] : []),
    ...(run.mounts.work ? ['-a', '-w', run.mounts.work] : []),
  ]
  return promisify(execFile)(setpriv, [...drop, '--', 'test', ...questions], {
    env: { PATH: '/usr/bin:/bin' },
  }).then(
    () => true,
    () => false,
  )
}
