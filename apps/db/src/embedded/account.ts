import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * As whom the server runs; PostgreSQL refuses root. `owner` is who must own its files (unset: whoever we are), `spawn` the
 * options of each spawn, `wrap` turns a command into the one to spawn.
 */
export interface Account {
  readonly owner?: { readonly uid: number; readonly gid: number }
  readonly spawn: { readonly uid?: number; readonly gid?: number }
  wrap(command: string, args: readonly string[]): [string, string[]]
}

const plain: Account['wrap'] = (command, args) => [command, [...args]]

/**
 * The accounts to try, best first: ourselves when we aren't root, else `nobody`, else a user namespace in which root
 * appears as an ordinary user and still reaches what only root may (a checkout under /root, say).
 */
export async function accounts(): Promise<Account[]> {
  if (process.getuid?.() !== 0) return [{ spawn: {}, wrap: plain }]
  const nobody = await Promise.all([id('-u'), id('-g')]).catch(() => undefined)
  if (!nobody) return [namespaced]
  const [uid, gid] = nobody
  return [{ owner: { uid, gid }, spawn: { uid, gid }, wrap: plain }, namespaced]
}

const namespaced: Account = {
  owner: { uid: 0, gid: 0 },
  spawn: {},
  wrap: (command, args) => [
    'unshare',
    ['--user', '--map-user=65534', '--map-group=65534', '--', command, ...args],
  ],
}

async function id(flag: string): Promise<number> {
  return Number((await run('id', [flag, 'nobody'])).stdout)
}

/** Whether the account can run `binary`, found out by running it. */
export function canRun(account: Account, binary: string): Promise<boolean> {
  return succeeds(account, binary, ['--version'])
}

/** Whether the account can go into `folder`, found out by going there. */
export function canEnter(account: Account, folder: string): Promise<boolean> {
  return succeeds(account, 'sh', ['-c', 'cd "$1"', 'sh', folder])
}

async function succeeds(account: Account, command: string, args: string[]): Promise<boolean> {
  try {
    await run(...account.wrap(command, args), { ...account.spawn, cwd: '/' })
    return true
  } catch {
    return false
  }
}
