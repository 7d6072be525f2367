import { inboxServer } from '@rushes/email'
import { createSender, startBroadcaster } from '@rushes/events'
import { munger as mungerApp } from '@rushes/munger'
import { supportTool } from '@rushes/support-tool'
import { buildWeb } from '@rushes/web'
import { frontDoor } from '../http/front-door.ts'
import { site } from '../http/site.ts'
import type { Running } from './running.ts'

/** Flushes what an app still has to do; for tests. */
export type Settle = () => Promise<void>

/** Starts one app in a running process. */
export type Part = (running: Running) => Promise<Settle | undefined>

const web: Part = async (running) => {
  const { root } = await buildWeb()
  const handler = frontDoor(await running.api(), await site(root))
  running.attachSockets(await running.serve('web', running.foundation.config.ports.front, handler))
  return undefined
}

const api: Part = async (running) => {
  await running.serve('api', running.foundation.config.ports.api, await running.api())
  return undefined
}

const realtime: Part = async (running) => {
  const nothing = await running.serve(
    'realtime',
    running.foundation.config.ports.realtime,
    (_request, response) => response.writeHead(404).end(),
  )
  running.attachSockets(nothing)
  return undefined
}

const munger: Part = async (running) => {
  const { config } = running.foundation
  const { trustedProxies } = config
  const apiUrl = running.addresses.api ?? config.publicUrl
  await running.serve(
    'munger',
    config.ports.munger,
    await running.handler(mungerApp({ apiUrl, trustedProxies })),
  )
  return undefined
}

const support: Part = async (running) => {
  const { config, core } = running.foundation
  const { trustedProxies } = config
  await running.serve(
    'support',
    config.ports.support,
    await running.handler(supportTool(core, { trustedProxies })),
  )
  return undefined
}

const mail: Part = async ({ foundation: { config, data }, stack, addresses }) => {
  if (config.smtpUrl) return undefined
  const inbox = stack.use(await inboxServer({ folder: data.mail, port: config.ports.mail }))
  addresses.mail = inbox.url
  return undefined
}

const events: Part = async ({ foundation: { config, core }, stack }) => {
  const sender = stack.use(createSender({ allowInsecureLoopback: config.localWebhooks }))
  const broadcaster = stack.use(startBroadcaster(core, { sender }))
  return () => broadcaster.settle()
}

const cron: Part = async ({ foundation: { core, queue } }) => {
  await queue.work(core)
  return () => queue.settle()
}

/** Every app that runs as a process of its own, in the order in which they start; they stop the other way round. */
export const parts = {
  events,
  cron,
  mail,
  realtime,
  api,
  munger,
  'support-tool': support,
  web,
} satisfies Record<string, Part>

export type AppName = keyof typeof parts
