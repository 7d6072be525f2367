import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { StartError } from '../start-error.ts'
import { Settings } from './settings.ts'

const checkout = fileURLToPath(new URL('../../../', import.meta.url))

/** The configuration of a process, read once; each app is handed the part it needs. */
export type Config = ReturnType<typeof typed>

/** Reads the configuration. Throws a `StartError` that names every variable it can't use; an empty one counts as unset. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.entries(env).filter(([, value]) => value !== '')
  const parsed = Settings.safeParse(Object.fromEntries(set))
  if (parsed.success) return typed(parsed.data, env.PATH)
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.')} (${lowerFirst(message)})`,
  )
  throw new StartError('config', `the configuration can't be used: ${problems.join('; ')}`)
}

function typed(settings: z.infer<typeof Settings>, path: string | undefined) {
  const { RUSHES_PORT: front, RUSHES_HOST: host } = settings
  const fixedUrl = settings.RUSHES_PUBLIC_URL?.replace(/\/+$/, '') ?? null
  return {
    dataDir: resolve(checkout, settings.RUSHES_DATA_DIR),
    host,
    ports: portsFrom(front),
    /** What people type; links in mails start with it. */
    publicUrl: fixedUrl ?? localUrl(host, front),
    /** The same where it is configured; null: answers refer to whatever host the request came to. */
    fixedUrl,
    trustedProxies: settings.RUSHES_TRUSTED_PROXIES,
    databaseUrl: settings.DATABASE_URL,
    signUp: settings.RUSHES_SIGN_UP === 'on',
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.RUSHES_MAIL_FROM,
    memcachedUrl: settings.MEMCACHED_URL,
    ffmpeg: settings.RUSHES_FFMPEG,
    path,
    sandboxRequired: settings.RUSHES_TRANSCODE_SANDBOX === 'required',
    localWebhooks: settings.RUSHES_LOCAL_WEBHOOKS === 'on',
    logLevel: settings.RUSHES_LOG,
    secretKey: settings.RUSHES_SECRET_KEY,
    metricsToken: settings.RUSHES_METRICS_TOKEN,
    demo: settings.RUSHES_DEMO === 'on',
  }
}

/** The ports of one installation, one after the other from the front door's. */
export function portsFrom(front: number) {
  return {
    front,
    api: front + 1,
    support: front + 2,
    munger: front + 3,
    mail: front + 4,
    realtime: front + 5,
    postgres: front + 6,
  }
}

/** The address of a port from this machine, also where we listen on every interface. */
export function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
