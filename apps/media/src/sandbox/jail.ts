import { lstat, readlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { TOOL_ENVIRONMENT } from './environment.ts'

/** Where a source and the work folder stand inside the jail. */
export const JAIL_SOURCE = '/in/source'
export const JAIL_WORK = '/out'

const SYSTEM_FOLDERS = ['/lib', '/lib32', '/lib64', '/bin']
const SYSTEM_FILES = ['/etc/alternatives', '/etc/ld.so.cache']

/**
 * Arguments of bwrap up to the command: no network, no other processes, no environment, no capabilities, libraries
 * read-only, an empty `/tmp`, one source read-only and one work folder.
 */
export async function jailArguments(mounts: {
  tool: string
  source?: string
  work?: string
}): Promise<string[]> {
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
    ...environment(),
    ...['--ro-bind', '/usr', '/usr'],
    ...(await Promise.all(SYSTEM_FOLDERS.map(systemFolder))).flat(),
    ...SYSTEM_FILES.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev', '--size', '67108864', '--tmpfs', '/tmp'],
    ...toolFolder(mounts.tool),
    ...(mounts.source ? ['--ro-bind', mounts.source, JAIL_SOURCE] : []),
    ...(mounts.work ? ['--bind', mounts.work, JAIL_WORK, '--chdir', JAIL_WORK] : ['--chdir', '/']),
  ]
}

/** `/lib` and its like are links into `/usr` on most systems and real folders on some. */
async function systemFolder(path: string): Promise<string[]> {
  const stats = await lstat(path).catch(() => null)
  if (!stats) return []
  return stats.isSymbolicLink() ? ['--symlink', await readlink(path), path] : ['--ro-bind', path, path]
}

function toolFolder(tool: string): string[] {
  const folder = dirname(tool)
  return folder.startsWith('/usr/') ? [] : ['--ro-bind', folder, folder]
}

function environment(): string[] {
  return Object.entries(TOOL_ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value])
}
