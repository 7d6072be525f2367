import { type DynamoDBClient, paginateScan, ResourceNotFoundException } from '@aws-sdk/client-dynamodb'
import { DynasaurError } from '../errors.ts'
import type { Item } from '../schema/attribute.ts'

/** A part of a table to read. */
export interface ScanOptions {
  table: string
  segment: number
  totalSegments: number
  /** Where to go on: the last page's `lastKey`. */
  after: Item | null
  /** Items a page at most; DynamoDB's own bound is 1 MB. */
  pageItems?: number | undefined
}

export interface Page {
  items: Item[]
  /** Undefined on the last page only; a page may be empty and not the last. */
  lastKey: Item | undefined
}

/**
 * Pages of one segment, consistently read, each fetched while the one before is being worked on. Throttling is the SDK's to
 * retry. Throws `source_missing` for a table that isn't there.
 */
export async function* scanPages(source: DynamoDBClient, options: ScanOptions): AsyncGenerator<Page> {
  const pages = requestPages(source, options)
  let ahead = pages.next()
  while (true) {
    const { value: page, done } = await ahead
    if (done) return
    if (page.lastKey) {
      ahead = pages.next()
      // The consumer may stop before it asks for this page; its failure is thrown when it does ask.
      ahead.catch(() => {})
    }
    yield page
    if (!page.lastKey) return
  }
}

async function* requestPages(client: DynamoDBClient, options: ScanOptions): AsyncGenerator<Page> {
  const { table, segment, totalSegments, after, pageItems } = options
  const input = {
    TableName: table,
    Segment: segment,
    TotalSegments: totalSegments,
    ConsistentRead: true,
    ...(pageItems && { Limit: pageItems }),
  }
  const config = after ? { client, startingToken: after } : { client }
  try {
    for await (const { Items = [], LastEvaluatedKey } of paginateScan(config, input)) {
      yield { items: Items, lastKey: LastEvaluatedKey }
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error
    throw new DynasaurError('source_missing', `no table ${table} at the source`)
  }
}
