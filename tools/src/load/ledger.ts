import { openTarget, type Target } from './client.ts'
import type { Estate } from './estate.ts'

/** What a client knows of the writes it asked for, by idempotency key. */
export interface Ledger {
  readonly acked: Set<string>
  /** Asked for, with an outcome that no answer has told yet. */
  readonly unknown: Set<string>
  /** Answers of 500: never right, whatever breaks. */
  readonly failures: { status: number; body: string }[]
}

export interface Writers extends Ledger {
  /** Keys that were at some time unknown. */
  readonly unclear: Set<string>
  /** Ends the load, then asks again for each unknown with its own key until it is answered. */
  stop(): Promise<void>
}

const PAUSE_MS = 25

/**
 * Writers that comment as fast as they are answered. Each comment's text is its key; a key is acked only by a 200, and an
 * unknown one is retried with the same key, as a careful client does.
 */
export function startWriters(base: string, estate: Estate, count: number, prefix: string): Writers {
  const [acked, unknown, unclear] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const failures: Ledger['failures'] = []
  let running = true
  let next = 0
  const target = openTarget(base, estate.token, count)

  async function write(key: string): Promise<boolean> {
    const assetId = estate.assetIds[hash(key) % estate.assetIds.length]
    const status = await comment(target, assetId ?? '', key, failures)
    if (status === 200) {
      acked.add(key)
      unknown.delete(key)
    } else {
      unknown.add(key)
      unclear.add(key)
    }
    return status === 200
  }

  const loops = Array.from({ length: count }, async () => {
    while (running) {
      const key = `${prefix}-${next++}`
      while (!(await write(key)) && running) await pause()
    }
  })

  return {
    acked,
    unknown,
    unclear,
    failures,
    async stop() {
      running = false
      await Promise.all(loops)
      for (const key of [...unknown]) while (!(await write(key))) await pause()
      target[Symbol.dispose]()
    },
  }
}

async function comment(
  target: Target,
  assetId: string,
  key: string,
  failures: Ledger['failures'],
): Promise<number> {
  try {
    const body = JSON.stringify({ text: key, timestamp: 1 })
    const { status, body: answer } = await target.send({
      method: 'POST',
      path: `/v2/assets/${assetId}/comments`,
      body,
      headers: { 'idempotency-key': key },
    })
    if (status >= 500 && status !== 503) failures.push({ status, body: answer.slice(0, 500) })
    return status
  } catch {
    return 0
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}

function hash(text: string): number {
  let sum = 7
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0
  return sum
}
