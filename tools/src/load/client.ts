import { Agent, request } from 'node:http'
import { type Latencies, summarise } from './latency.ts'

/** A request to send. */
export interface Shot {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: string
  headers?: Record<string, string>
}

export interface Target extends Disposable {
  /** Sends one request, reads the whole answer, and resolves with its status. */
  send(shot: Shot): Promise<{ status: number; body: string }>
}

/** Keep-alive connections to one server. */
export function openTarget(base: string, token: string, connections: number): Target {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(base)
  return {
    send: ({ method, path, body, headers }) =>
      new Promise((resolve, reject) => {
        const type =
          body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
        const sent = request(
          {
            agent,
            hostname,
            port,
            method,
            path,
            headers: { authorization: `Bearer ${token}`, ...type, ...headers },
          },
          (answer) => {
            const chunks: Buffer[] = []
            answer.on('data', (chunk) => chunks.push(chunk))
            answer.on('end', () =>
              resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
            )
            answer.on('error', reject)
          },
        )
        sent.on('error', reject)
        sent.end(body)
      }),
    [Symbol.dispose]: () => agent.destroy(),
  }
}

/**
 * Sends at a fixed rate whatever the answers do, and counts each latency from when its request was due: a server that stalls
 * can't slow the load down and hide it.
 */
export async function openLoop(
  target: Target,
  next: () => Shot,
  perSecond: number,
  seconds: number,
): Promise<Latencies> {
  const latencies: number[] = []
  let errors = 0
  const start = performance.now()
  const total = Math.round(perSecond * seconds)
  const pending: Promise<void>[] = []
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * perSecond) + 1)
    for (; sent < due; sent++) pending.push(shoot(start + (sent * 1000) / perSecond))
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, start + (sent * 1000) / perSecond - performance.now())),
    )
  }
  await Promise.all(pending)
  return summarise(latencies, errors)

  async function shoot(due: number): Promise<void> {
    try {
      const { status } = await target.send(next())
      if (status >= 400) errors++
    } catch {
      errors++
    }
    latencies.push(performance.now() - due)
  }
}

/** As many requests as `connections` can carry one after another. */
export async function closedLoop(
  target: Target,
  next: () => Shot,
  connections: number,
  seconds: number,
): Promise<Latencies & { perSecond: number }> {
  const latencies: number[] = []
  let errors = 0
  const start = performance.now()
  const end = start + seconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const sent = performance.now()
        const { status } = await target.send(next()).catch(() => ({ status: 599 }))
        if (status >= 400) errors++
        latencies.push(performance.now() - sent)
      }
    }),
  )
  const perSecond = latencies.length / ((performance.now() - start) / 1000)
  return { ...summarise(latencies, errors), perSecond: Math.round(perSecond) }
}
