import { setTimeout as wait } from 'node:timers/promises'
import { configureLogs, logger } from '@rushes/monitoring'
import { readConfig } from './config/config.ts'
import { provideDemo } from './demo/demo.ts'
import { stopSignal } from './shutdown.ts'
import { startUmbrella } from './umbrella.ts'
import { signIns, welcome } from './welcome.ts'

const NOTICE_MS = 5_000
const log = logger('releases')

/**
 * `npm start`: starts the apps named by `args`, or all with the demo, and returns when a signal has stopped them: not ready any
 * more, 5 s for a proxy to notice, no new requests, those under way finished, everything closed in reverse order.
 */
export async function start(args: string[]): Promise<void> {
  const stopped = stopSignal()
  let stopping = false
  const config = readConfig()
  configureLogs({ level: config.logLevel })
  const umbrella = await startUmbrella({ config, ...(args.length > 0 && { apps: args }) })
  log.info('started', { addresses: umbrella.addresses })
  console.log(welcome(umbrella.addresses))
  const seeding = args.length === 0 && config.demo ? provideDemo(umbrella) : Promise.resolve(undefined)
  seeding.then(
    (demo) => demo && console.log(signIns(demo)),
    (error) => stopping || log.error('the demo is not complete; the next start goes on with it', { error }),
  )
  const signal = await stopped
  stopping = true
  log.info('stopping', { signal })
  umbrella.health.drain()
  if (config.trustedProxies.length > 0) await wait(NOTICE_MS)
  await umbrella[Symbol.asyncDispose]()
  log.info('stopped')
}
