import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Item } from '@rushes/dynasaur'
import { writeTable } from '@rushes/dynasaur/testing'
import { type Damage, damageEstate } from './damage.ts'
import { Random } from './random.ts'
import { encodeWorld, type LegacyRecord, type Records, TABLES } from './records.ts'
import { makeWorld, type Size, type World } from './world.ts'

/** An estate as it should have been, as it stood in DynamoDB, and what lies between. */
export interface LegacyEstate {
  world: World
  records: Records
  damage: Damage[]
}

export interface EstateOptions {
  seed: number
  size?: Size
  /** Multiplies the rate of every mess; 0 makes a clean estate. */
  mess?: number
}

/** Makes an estate in memory; a seed gives the same one every time. */
export function makeEstate({ seed, size, mess = 1 }: EstateOptions): LegacyEstate {
  const world = makeWorld(seed, size)
  const random = new Random(seed ^ 0x5eed)
  const records = encodeWorld(world, random)
  return { world, records, damage: mess === 0 ? [] : damageEstate(records, random, mess) }
}

/** Creates the tables `fio_…` and writes the records through the DynamoDB API. */
export async function writeEstate(client: DynamoDBClient, { records }: LegacyEstate): Promise<void> {
  for (const table of TABLES) await writeTable(client, `fio_${table}`, records[table].map(toItem))
}

function toItem(record: LegacyRecord): Item {
  const attributes = Object.entries(record).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? { BOOL: value } : { S: value },
  ])
  return Object.fromEntries(attributes)
}
