import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { program } from './binaries.ts'
import { EmbeddedError } from './errors.ts'
import type { Layout } from './layout.ts'
import type { Place } from './place.ts'
import { settings } from './settings.ts'

export interface PostmasterOptions {
  layout: Layout
  place: Place
  port: number
  durable: boolean
}

/**
 * Starts the server as our direct child and waits until it takes connections. It has a process group of its own: a Ctrl-C
 * reaches us alone, who still need the database to finish what is under way.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<ChildProcess> {
  const { layout, place } = options
  await using log = await openLog(layout.log)
  const logged = (await log.stat()).size
  const args = ['-D', layout.cluster, ...settings(options).flatMap((setting) => ['-c', setting])]
  const child = spawn(...place.account.wrap(program(place.installation, 'postgres'), args), {
    ...place.account.spawn,
    cwd: '/',
    env: {},
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  const failed = once(child, 'error').then(([error]) => Promise.reject(error))
  await Promise.race([ready(child, layout, logged), failed])
  return child
}

const LOG_LIMIT = 8 * 1024 * 1024

async function openLog(path: string): Promise<FileHandle> {
  const log = await open(path, 'a', 0o600)
  if ((await log.stat()).size > LOG_LIMIT) await log.truncate()
  return log
}

/** Postgres writes `ready` into the eighth line of its pid file when it takes connections; pg_ctl waits for it alike. */
async function ready(child: ChildProcess, layout: Layout, logged: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw explain(await readLog(layout.log, logged))
    const lines = (await readFile(join(layout.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return
    await wait(10)
  }
}

async function readLog(path: string, from: number): Promise<string> {
  return (await readFile(path)).subarray(from).toString()
}

function explain(log: string): EmbeddedError {
  if (log.includes('No space left on device'))
    return new EmbeddedError('disk_full', 'the disk is full: the database could not start')
  if (log.includes('could not bind'))
    return new EmbeddedError('port_in_use', 'the port of the database is in use by another program')
  if (log.includes('shared memory block') && log.includes('still in use'))
    return new EmbeddedError('still_running', 'processes of a killed database server have not ended yet')
  const reason = log.split('\n').find((line) => /FATAL|PANIC|unshare/.test(line))
  return new EmbeddedError(
    'start_failed',
    `the database did not start: ${reason ?? (log.trim() || 'no reason given')}`,
  )
}

/** Fast shutdown: ends sessions, writes a checkpoint, exits. After 30 s the immediate one, which recovery covers. */
export async function stopPostmaster(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGINT')
  const patience = setTimeout(() => child.kill('SIGQUIT'), 30_000)
  await exited
  clearTimeout(patience)
}
