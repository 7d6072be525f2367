import pg from 'pg'

const CHANNEL = 'rushes_doorbell'
const COALESCE_MS = 8
const RECONNECT_MS = 1000
/** NOTIFY carries 8,000 bytes at most; beyond, listeners are told that something moved, not what. */
const MOST_IDS = 150

/** Wakes readers of the event log in every process on one database. A lost ring costs latency only. */
export interface DatabaseDoorbell extends AsyncDisposable {
  ring(projectIds: string[]): void
  listen(heard: (projectIds: string[]) => void): Disposable
}

/**
 * A doorbell over Postgres: rings are heard at once in this process, and by others through one coalesced NOTIFY every few
 * milliseconds on a connection of its own. Never inside a business transaction: NOTIFY there serialises every commit.
 * Nothing is sent while nothing happens. A broken connection is opened again; until then others poll.
 */
export function openDoorbell(url: string): DatabaseDoorbell {
  const listeners = new Set<(projectIds: string[]) => void>()
  const pending = new Set<string>()
  const line = openLine(url, (ids) => tell(ids))
  let timer: NodeJS.Timeout | null = null

  function tell(projectIds: string[]): void {
    for (const heard of listeners) heard(projectIds)
  }

  function flush(): void {
    timer = null
    const ids = [...pending]
    pending.clear()
    line.send(ids.length > MOST_IDS ? [''] : ids)
  }

  return {
    ring(projectIds) {
      tell(projectIds)
      for (const id of projectIds) pending.add(id)
      timer ??= setTimeout(flush, COALESCE_MS)
    },
    listen(heard) {
      listeners.add(heard)
      return { [Symbol.dispose]: () => void listeners.delete(heard) }
    },
    async [Symbol.asyncDispose]() {
      if (timer) clearTimeout(timer)
      await line[Symbol.asyncDispose]()
    },
  }
}

/** One connection that listens and notifies, and comes back when it breaks. */
function openLine(url: string, heard: (projectIds: string[]) => void) {
  const self = crypto.randomUUID()
  let client: pg.Client | null = null
  let closed = false
  let again: NodeJS.Timeout | null = null
  let connecting = connect()

  function reconnect(): void {
    connecting = connect()
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000, keepAlive: true })
    next.on('error', () => {})
    next.on('end', () => {
      client = null
      if (!closed) again = setTimeout(reconnect, RECONNECT_MS)
    })
    next.on('notification', ({ payload = '' }) => {
      const [from, ...ids] = payload.split(' ')
      if (from !== self) heard(ids)
    })
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
      client = next
    } catch {
      await next.end().catch(() => {})
    }
  }

  return {
    send(projectIds: string[]): void {
      void client
        ?.query('select pg_notify($1, $2)', [CHANNEL, [self, ...projectIds].join(' ')])
        .catch(() => {})
    },
    async [Symbol.asyncDispose]() {
      closed = true
      if (again) clearTimeout(again)
      await connecting
      await client?.end().catch(() => {})
    },
  }
}
