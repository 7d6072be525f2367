import type { Core } from '@rushes/core'
import type { Health } from '@rushes/monitoring'
import type { Config } from './config/config.ts'
import { openDataFolder } from './data-folder/data-folder.ts'
import { busyConnections } from './foundation/database.ts'
import { openFoundation } from './foundation/foundation.ts'
import { checkPorts } from './http/listen.ts'
import { type AppName, parts, type Settle } from './parts/index.ts'
import { running } from './parts/running.ts'
import { StartError } from './start-error.ts'

/** A running Rushes, or a part of one. Disposal drains and stops it in the reverse order of its start. */
export interface Umbrella extends AsyncDisposable {
  readonly core: Core
  readonly health: Health
  readonly data: { readonly path: string; readonly demo: string; readonly scratch: string }
  /** The database, for tools beside the system. */
  readonly databaseUrl: string
  /** Where each app answers, without a slash at the end. */
  readonly addresses: Readonly<Record<string, string>>
  /** Resolves when lanes and jobs have done all that was there to do. For tests and the seed. */
  settle(): Promise<void>
  /** Connections that are taken from Core's pools right now. For tests. */
  busyConnections(): number
}

export interface UmbrellaOptions {
  config: Config
  /** All of them unless said. */
  apps?: readonly string[]
}

/** The composition root: opens the data folder and what Core stands on, then starts the apps. Throws `StartError` or `EmbeddedError`. */
export async function startUmbrella({
  config,
  apps = Object.keys(parts),
}: UmbrellaOptions): Promise<Umbrella> {
  const chosen = chooseApps(apps)
  await using stack = new AsyncDisposableStack()
  const data = stack.use(await openDataFolder(config.dataDir, { shared: config.databaseUrl !== undefined }))
  await checkPorts(config.host, portsOf(config, chosen))
  const foundation = await openFoundation(config, data, stack)
  const process = running(foundation, stack)
  const settles: Settle[] = []
  for (const name of chosen) {
    const settle = await parts[name](process)
    if (settle) settles.push(settle)
  }
  const { core, health } = foundation
  const started = stack.move()
  return {
    core,
    health,
    data,
    databaseUrl: foundation.database.url,
    addresses: process.addresses,
    settle: () => settleAll(settles),
    busyConnections: () => busyConnections(foundation.database),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

function chooseApps(names: readonly string[]): AppName[] {
  const unknown = names.find((name) => !(name in parts))
  if (unknown !== undefined)
    throw new StartError(
      'unknown_app',
      `there is no app ${unknown}; there are ${Object.keys(parts).join(', ')}`,
    )
  return (Object.keys(parts) as AppName[]).filter((name) => names.includes(name))
}

function portsOf({ ports, smtpUrl }: Config, apps: readonly AppName[]): number[] {
  const used: Partial<Record<AppName, number>> = {
    web: ports.front,
    api: ports.api,
    munger: ports.munger,
    'support-tool': ports.support,
    realtime: ports.realtime,
    ...(smtpUrl === undefined && { mail: ports.mail }),
  }
  return apps.map((app) => used[app]).filter((port) => port !== undefined)
}

/** Twice around: jobs make events, and events make jobs. */
async function settleAll(settles: readonly Settle[]): Promise<void> {
  for (let round = 0; round < 2; round++) for (const settle of settles) await settle()
}
