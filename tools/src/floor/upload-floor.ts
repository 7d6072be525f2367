import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** What Node alone can do, as a program of its own: PUT streams a body into a new file of `folder`, synced before the answer. */
const [folder = ''] = process.argv.slice(2)
const server = createServer(async (request, response) => {
  await pipeline(request, createWriteStream(join(folder, crypto.randomUUID()), { flush: true }))
  response.end()
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
