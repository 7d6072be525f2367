import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Legacy, stringify } from './codec.ts'
import { chunked, jsonPieces } from './json-pieces.ts'

async function* slowly(items: Legacy[]): AsyncGenerator<Legacy> {
  for (const item of items) yield await item
}

/** The same answer with every list read piece by piece. */
function streaming(value: Legacy): Legacy {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return slowly(value.map(streaming))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, streaming(item)]))
}

async function textOf(value: Legacy): Promise<string> {
  return (await Array.fromAsync(chunked(jsonPieces(value)))).join('')
}

test('what is streamed is what JSON.stringify would have written, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
      const said = stringify(value)
      assert.equal(await textOf(said), JSON.stringify(said))
      assert.equal(await textOf(streaming(said)), JSON.stringify(said))
    }),
  )
})

test('an answer past its limits breaks off instead of ending early', async () => {
  async function* endless() {
    for (;;) yield { id: 'x'.repeat(1000) }
  }
  const limits = { bytes: 100_000, seconds: 30 }
  let sent = 0
  await assert.rejects(async () => {
    for await (const chunk of chunked(jsonPieces({ folders: endless() }), limits)) sent += chunk.length
  }, RangeError)
  assert.ok(sent > 50_000 && sent <= limits.bytes)
  await assert.rejects(
    Array.fromAsync(chunked(jsonPieces({ folders: endless() }), { bytes: 1e9, seconds: 0 })),
    /longer than 0 s|took longer/,
  )
})
