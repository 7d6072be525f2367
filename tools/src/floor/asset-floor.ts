import { Accounts, authorize, type Core, contextFor, Projects } from '@rushes/core'
import { openDb } from '@rushes/db'
import fastify from 'fastify'

interface Recorded {
  name: string
  text: string
  values: unknown[]
}

/**
 * Bare Fastify doing the very SQL that `GET /v2/assets/{id}` does, and nothing else: the statements are recorded from one
 * run of the real service, then sent as they are (named, prepared) with the id of each request in place of the recorded
 * one. The answer is the last rows as JSON.
 */
export async function startAssetFloor(core: Core, url: string, token: string, assetId: string) {
  const statements = await record(core, token, assetId)
  const db = openDb({ url, readOnly: true })
  const server = fastify()
  server.get<{ Params: { id: string } }>('/floor/:id', async (request, reply) => {
    const rows: unknown[] = []
    for (const { name, text, values } of statements) {
      const own = values.map((value) =>
        value === assetId
          ? request.params.id
          : Array.isArray(value) && value[0] === assetId
            ? [request.params.id]
            : value,
      )
      rows.push((await db.pool.query({ name, text, values: own })).rows)
    }
    return reply.type('application/json').send(JSON.stringify(rows))
  })
  const base = await server.listen({ port: 0, host: '127.0.0.1' })
  return {
    base,
    statements: statements.length,
    async [Symbol.asyncDispose]() {
      await server.close()
      await db[Symbol.asyncDispose]()
    },
  }
}

async function record(core: Core, token: string, assetId: string): Promise<Recorded[]> {
  const statements: Recorded[] = []
  const spied = { ...core, db: listenTo(core.db, statements) }
  const actor = await Accounts.authenticate(spied, token)
  if (!actor) throw new Error('the token is unknown')
  const ctx = contextFor(spied, actor)
  const asset = await authorize(ctx, Projects.readDeletedAsset, assetId)
  await Projects.getAsset(ctx, asset, { include_deleted: false, include: [] })
  return statements
}

/** The same handle, noting each statement on its way to the database. */
function listenTo(db: Core['db'], statements: Recorded[]): Core['db'] {
  const note = (query: { sql: string; parameters: readonly unknown[] }) =>
    statements.push({ name: `floor${statements.length}`, text: query.sql, values: [...query.parameters] })
  const executor = instead(db.getExecutor(), 'executeQuery', (query, ...rest) => {
    note(query as Parameters<typeof note>[0])
    return Reflect.apply(db.getExecutor().executeQuery, db.getExecutor(), [query, ...rest])
  })
  return instead(db, 'getExecutor', () => executor)
}

/** `target` with one method replaced; the others keep their own `this`, as private fields demand. */
function instead<T extends object>(
  target: T,
  method: keyof T,
  replacement: (...args: unknown[]) => unknown,
): T {
  return new Proxy(target, {
    get(_target, name) {
      if (name === method) return replacement
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
