import { configureLogs, logger } from '@rushes/monitoring'
import { readConfig } from './config/config.ts'
import { untilStopped } from './shutdown.ts'
import { startUmbrella } from './umbrella.ts'
import { welcome } from './welcome.ts'

/** `npm start`: starts the apps named by `args`, or all, and returns when a signal has stopped them. */
export async function start(args: string[]): Promise<void> {
  const config = readConfig()
  configureLogs({ level: config.logLevel })
  const umbrella = await startUmbrella({ config, ...(args.length > 0 && { apps: args }) })
  logger('releases').info('started', { addresses: umbrella.addresses })
  console.log(welcome(umbrella.addresses))
  await untilStopped(umbrella, { behindProxy: config.trustedProxies.length > 0 })
}
