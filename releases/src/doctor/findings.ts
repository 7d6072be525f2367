import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openDb } from '@rushes/db'
import { describeInstallation } from '@rushes/db/embedded'
import { findTools } from '@rushes/media'
import type { Config } from '../config/config.ts'
import { checkPorts } from '../http/listen.ts'

/** One thing that a start depends on. */
export interface Finding {
  state: 'good' | 'warning' | 'bad'
  name: string
  detail: string
}

type Check = (config: Config) => Promise<Omit<Finding, 'name'>[]>

const checks: Record<string, Check> = {
  Node: async () => [{ state: 'good', detail: `${process.version} on ${process.platform}-${process.arch}` }],
  PostgreSQL: async ({ databaseUrl }) => [
    { state: 'good', detail: databaseUrl ? await serverVersion(databaseUrl) : await describeInstallation() },
  ],
  ffmpeg: async ({ ffmpeg, path, sandboxRequired }) => {
    const { confinement, ...tools } = await findTools({ ffmpeg, path })
    const jailed = confinement.kind === 'bwrap'
    return [
      { state: 'good', detail: `${tools.version} (${tools.source}): ${tools.ffmpeg}` },
      {
        state: jailed ? 'good' : sandboxRequired ? 'bad' : 'warning',
        detail: `confined by ${confinement.kind}`,
      },
      ...tools.warnings.map((detail) => ({ state: 'warning' as const, detail })),
    ]
  },
  'data folder': async ({ dataDir }) => {
    const folder = await existing(dataDir)
    const { bavail, bsize } = await statfs(folder)
    const gib = (bavail * bsize) / 2 ** 30
    const detail = `${dataDir}${folder === dataDir ? '' : ' (not made yet)'}, ${gib.toFixed(1)} GiB free`
    return [{ state: gib < 1 ? 'warning' : 'good', detail }]
  },
  ports: async ({ host, ports }) => {
    await checkPorts(host, Object.values(ports))
    return [{ state: 'good', detail: `${Object.values(ports).join(', ')} are free on ${host}` }]
  },
}

/** Looks at everything a start depends on, one after the other. */
export async function* findings(config: Config): AsyncIterable<Finding> {
  for (const [name, check] of Object.entries(checks)) {
    const found = await check(config).catch((error: Error) => [
      { state: 'bad' as const, detail: error.message },
    ])
    for (const finding of found) yield { name, ...finding }
  }
}

async function serverVersion(url: string): Promise<string> {
  await using db = openDb({ url, poolSize: 1 })
  const { rows } = await db.pool.query(`select current_setting('server_version') as version`)
  return `${rows[0].version} at ${new URL(url).host}`
}

async function existing(path: string): Promise<string> {
  return (await stat(path).catch(() => undefined)) ? path : existing(dirname(path))
}
