import pg from 'pg'

/**
 * A pool on the target. A connection that the server ends says so on itself and, idle, on its pool; unheard, either would end
 * the process. Nothing is lost by not listening: the next query on it fails, and the pool makes another.
 */
export function openPool(url: string, connections: number, name: string): pg.Pool & AsyncDisposable {
  const pool = new pg.Pool({ connectionString: url, max: connections, application_name: name })
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end() })
}

function ignore(): void {}
