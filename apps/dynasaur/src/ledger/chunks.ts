import type { ClientBase, Pool } from 'pg'
import { DynasaurError } from '../errors.ts'
import type { Item } from '../schema/attribute.ts'

/** A segment held under a lease; `epoch` proves it to the transaction that loads. */
export interface Chunk {
  run: number
  id: number
  cursor: Item | null
  epoch: number
}

/** What one batch adds to its chunk. */
export interface Advance {
  cursor: Item | undefined
  items: number
  bytes: number
}

/**
 * Takes a chunk nobody holds (or whose lease ran out, on the database's clock) and raises its epoch, so that its former
 * holder can commit nothing more. Undefined when none is free.
 */
export async function claimChunk(
  pool: Pool,
  run: number,
  owner: string,
  leaseMs: number,
): Promise<Chunk | undefined> {
  const { rows } = await pool.query(
    `update _mig.chunk set state = 'running', epoch = epoch + 1, attempts = attempts + 1, lease_owner = $2,
            lease_until = now() + $3 * interval '1 ms'
      where run = $1 and id = (
        select id from _mig.chunk
         where run = $1 and (state = 'todo' or (state = 'running' and lease_until < now()))
         order by id for update skip locked limit 1)
      returning id, cursor, epoch`,
    [run, owner, leaseMs],
  )
  return rows[0] && { run, id: rows[0].id, cursor: rows[0].cursor, epoch: rows[0].epoch }
}

/** Milliseconds until a held chunk could be taken over; undefined when every chunk is done. */
export async function untilNextLease(pool: Pool, run: number): Promise<number | undefined> {
  const { rows } = await pool.query(
    `select ceil(extract(epoch from min(coalesce(lease_until, now())) - now()) * 1000) as ms
       from _mig.chunk where run = $1 and state <> 'done'`,
    [run],
  )
  return rows[0].ms === null ? undefined : Math.max(Number(rows[0].ms), 0)
}

/** Hands back a chunk that its worker leaves unfinished, so that the next need not wait for the lease. */
export async function releaseChunk(pool: Pool, { run, id, epoch }: Chunk): Promise<void> {
  await pool.query(
    `update _mig.chunk set state = 'todo', lease_until = null where run = $1 and id = $2 and epoch = $3 and state = 'running'`,
    [run, id, epoch],
  )
}

/** Moves the cursor, first thing in the transaction that loads: its row lock orders rivals, and a stale epoch is `fenced`. */
export async function advanceChunk(
  client: ClientBase,
  chunk: Chunk,
  advance: Advance,
  leaseMs: number,
): Promise<void> {
  const { cursor, items, bytes } = advance
  const { rowCount } = await client.query(
    `update _mig.chunk set cursor = $4, state = case when $4::jsonb is null then 'done' else 'running' end,
            items = items + $5, bytes = bytes + $6, lease_until = now() + $7 * interval '1 ms'
      where run = $1 and id = $2 and epoch = $3 and state = 'running'`,
    [chunk.run, chunk.id, chunk.epoch, cursor ? JSON.stringify(cursor) : null, items, bytes, leaseMs],
  )
  if (rowCount !== 1)
    throw new DynasaurError('fenced', `segment ${chunk.id} of run ${chunk.run} has another holder`)
}

/** Counts what the batch became, in the same transaction. */
export async function countChunk(
  client: ClientBase,
  { run, id }: Chunk,
  rows: number,
  changed: number,
  dead: number,
): Promise<void> {
  await client.query(
    `update _mig.chunk set rows = rows + $3, changed = changed + $4, dead = dead + $5 where run = $1 and id = $2`,
    [run, id, rows, changed, dead],
  )
}
