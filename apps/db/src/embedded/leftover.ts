import { execFile } from 'node:child_process'
import { readFile, readlink, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { EmbeddedError } from './errors.ts'

/**
 * A killed Node leaves its server running. Stops the server that still runs on `cluster` (fast shutdown, after 30 s the
 * immediate one, which crash recovery covers) and removes a pid file whose number now belongs to someone else's process.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0) return
  if (!(await runsOn(pid, cluster))) return rm(pidFile, { force: true })
  for (const [signal, patienceMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(pid, signal)
    if (await ended(pid, cluster, patienceMs)) return
  }
  throw new EmbeddedError(
    'still_running',
    `the PostgreSQL of an earlier run (pid ${pid}) doesn't stop; end it by hand`,
  )
}

async function ended(pid: number, cluster: string, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  while (await runsOn(pid, cluster)) {
    if (Date.now() > deadline) return false
    await wait(20)
  }
  return true
}

/** Whether `pid` is a postmaster working on `cluster`; a pid alone proves nothing, for numbers are used again. */
export async function runsOn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return (await commandLine(pid)).includes(cluster)
  const [exe, cwd] = await Promise.all([link(pid, 'exe'), link(pid, 'cwd')])
  return basename(exe) === 'postgres' && cwd === cluster
}

function link(pid: number, name: string): Promise<string> {
  return readlink(`/proc/${pid}/${name}`).catch(() => '')
}

async function commandLine(pid: number): Promise<string> {
  const [command, args] =
    process.platform === 'win32'
      ? ['wmic', ['process', 'where', `processid=${pid}`, 'get', 'commandline']]
      : ['ps', ['-o', 'command=', '-p', String(pid)]]
  return promisify(execFile)(command as string, args as string[]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
