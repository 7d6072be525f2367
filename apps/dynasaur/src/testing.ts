import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import type { Item } from './schema/attribute.ts'

const BATCH_ITEMS = 25

/** A client of the official API; an emulator takes any region and any keys, and none are read from the environment. */
export function emulatorClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
}

/** Starts a DynamoDB emulator in this process, on a free port, in memory. */
export async function openEmulator(): Promise<
  AsyncDisposable & { endpoint: string; client: DynamoDBClient }
> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = emulatorClient(endpoint)
  return {
    endpoint,
    client,
    [Symbol.asyncDispose]: async () => {
      client.destroy()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Creates a table with partition key `id` unless it is there, and writes items through the API, 25 a call, again what it gave back. */
export async function writeTable(
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
): Promise<void> {
  await createTable(client, table)
  for (let start = 0; start < items.length; start += BATCH_ITEMS) {
    let requests = items.slice(start, start + BATCH_ITEMS).map((Item) => ({ PutRequest: { Item } }))
    while (requests.length > 0) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
      )
      requests = (UnprocessedItems?.[table] ?? []) as typeof requests
    }
  }
}

async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  const definition: CreateTableCommandInput = {
    TableName: table,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }
  try {
    await client.send(new CreateTableCommand(definition))
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: table })
}
