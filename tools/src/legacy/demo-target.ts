import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, readConfig, StartError, startUmbrella } from '@rushes/releases'

/** Where the demo goes: a database with Rushes' schema, and an API over it. */
export interface DemoTarget extends AsyncDisposable {
  readonly database: string
  /** Origin that serves V2. */
  readonly api: string
  /** Whether Rushes was running already, and will be after us. */
  readonly running: boolean
}

/**
 * The running Rushes of the configured data folder; when none runs, its database and API started for as long as we need them.
 * `database` is another database than the configured one.
 */
export async function openDemoTarget(database?: string): Promise<DemoTarget> {
  const configured = readConfig()
  const config = database === undefined ? configured : { ...configured, databaseUrl: database }
  try {
    const umbrella = await startUmbrella({ config, apps: ['api'] })
    const url = config.databaseUrl ?? (await embeddedUrl(config))
    const api = umbrella.addresses.api ?? `http://127.0.0.1:${config.ports.api}`
    return {
      database: url,
      api,
      running: false,
      [Symbol.asyncDispose]: () => umbrella[Symbol.asyncDispose](),
    }
  } catch (error) {
    if (!(error instanceof StartError) || !['in_use', 'port_in_use'].includes(error.code)) throw error
    const url = config.databaseUrl ?? (await embeddedUrl(config))
    return { database: url, api: config.publicUrl, running: true, [Symbol.asyncDispose]: async () => {} }
  }
}

async function embeddedUrl({ dataDir, ports }: Config): Promise<string> {
  const password = await readFile(join(dataDir, 'postgres', 'password'), 'utf8')
  return `postgres://rushes:${password}@127.0.0.1:${ports.postgres}/rushes`
}
