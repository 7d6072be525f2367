import { type Core, checkOutboundUrl, handles, invalid } from '@rushes/core'
import { type JobQueue, openJobQueue } from '@rushes/cron'
import { openDoorbell } from '@rushes/db'
import { createCache } from '@rushes/events'
import { createHealth, type Health } from '@rushes/monitoring'
import { createLinks, createSigner, openDiskStore, type Signer } from '@rushes/storage'
import type { Config } from '../config/config.ts'
import type { DataFolder } from '../data-folder/data-folder.ts'
import { checkDatabase, checkMigrations, type Database, openDatabase } from './database.ts'
import { checkDisk } from './disk.ts'
import { openMail } from './mail.ts'
import { openMedia } from './media.ts'
import { openKeys } from './secret.ts'

/** What the apps of a process stand on. */
export interface Foundation {
  readonly config: Config
  readonly data: DataFolder
  readonly database: Database
  readonly core: Core
  readonly queue: JobQueue
  readonly signer: Signer
  readonly health: Health
}

/** Opens database, queue, blobs, cache, mail and media, and builds Core from them; all of it closes with `stack`. */
export async function openFoundation(
  config: Config,
  data: DataFolder,
  stack: AsyncDisposableStack,
): Promise<Foundation> {
  const health = createHealth()
  const [database, media, keys] = await Promise.all([
    openDatabase(config, data, stack),
    openMedia(config, data.scratch),
    openKeys(config.secretKey, data.secret),
  ])
  health.require('database', () => checkDatabase(database))
  health.require('migrations', () => checkMigrations(database))
  health.require('disk', () => checkDisk(data.path))
  const queue = stack.use(await openJobQueue({ databaseUrl: database.url }))
  const signer = createSigner({ current: '1', secrets: { 1: keys('links') } })
  const core: Core = {
    ...handles(database.reader, database.writer),
    doorbell: stack.use(openDoorbell(database.url)),
    jobs: queue.jobs,
    blobs: await openDiskStore({ root: data.blobs }),
    links: createLinks(signer),
    media,
    mail: stack.use(openMail(config, data.mail)),
    cache: stack.use(createCache(cacheConfig(config))),
    urls: { web: config.publicUrl, api: config.publicUrl },
    signUp: config.signUp,
    checkHookUrl: (url) => checkHookUrl(url, config.localWebhooks),
  }
  return { config, data, database, core, queue, signer, health }
}

function cacheConfig({ memcachedUrl, publicUrl }: Config): Parameters<typeof createCache>[0] {
  if (!memcachedUrl) return {}
  return { memcached: { server: new URL(memcachedUrl).host, namespace: new URL(publicUrl).host } }
}

function checkHookUrl(url: string, allowInsecureLoopback: boolean): void {
  const check = checkOutboundUrl(url, { allowInsecureLoopback })
  if (!check.ok) throw invalid('url', `url can not be called: ${check.reason}`)
}
