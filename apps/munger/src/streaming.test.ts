import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { munger } from './index.ts'

const USER = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05'
const TEAM = '1b1c2d3e-4f50-4a61-8b72-9c83ad94be05'
const ROWS = 100

const project = {
  id: USER,
  name: 'x'.repeat(2000),
  team_id: TEAM,
  root_asset_id: USER,
  inserted_at: '2026-01-01T00:00:00.000000Z',
  updated_at: '2026-01-01T00:00:00.000000Z',
}

/** A V2 whose team has `pages` pages of projects and says that it has `total` of them; and the Munger before it. */
async function withTeam(pages: number, total = pages * ROWS, failAt = Number.POSITIVE_INFINITY) {
  let asked = 0
  const v2 = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://v2.test')
    response.setHeader('content-type', 'application/json')
    if (url.pathname === '/v2/me') return response.end(JSON.stringify({ id: USER }))
    if (url.pathname === '/v2/legacy_ids') return response.end('[]')
    asked++
    if (asked > failAt) return response.writeHead(500).end('{}')
    response.setHeader('total', total)
    response.setHeader('total-pages', pages)
    return response.end(JSON.stringify(Array(ROWS).fill(project)))
  })
  v2.listen(0, '127.0.0.1')
  await once(v2, 'listening')
  const app = await munger({ apiUrl: `http://127.0.0.1:${(v2.address() as AddressInfo).port}` })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    asked: () => asked,
    ask: () => fetch(`${address}/teams/${TEAM}/projects`, { headers: { authorization: 'token' } }),
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections()
      await app.close()
      v2.closeAllConnections()
      v2.close()
    },
  }
}

test('a long list comes whole, and no faster than it is read', async () => {
  await using team = await withTeam(120)
  const answer = await team.ask()
  const reader = answer.body?.getReader()
  assert.ok(reader)
  let text = new TextDecoder().decode((await reader.read()).value)
  for (let before = -1; before !== team.asked(); ) {
    before = team.asked()
    await pause(100)
  }
  assert.ok(team.asked() < 80, `${team.asked()} of 120 pages were read for nobody`)
  const decoder = new TextDecoder()
  for (let part = await reader.read(); !part.done; part = await reader.read())
    text += decoder.decode(part.value, { stream: true })
  assert.equal(JSON.parse(text).projects.length, 120 * ROWS)
  assert.equal(team.asked(), 120)
})

test('a list that can’t fit is refused before it begins', async () => {
  await using team = await withTeam(1, 1_000_000)
  const answer = await team.ask()
  assert.equal(answer.status, 200)
  assert.deepEqual(await answer.json(), { errors: ['The list is too long for this API'] })
})

test('a list that turns out too long, or whose rest V2 refuses, breaks off and never looks whole', async () => {
  await using long = await withTeam(200, 150_000)
  await assert.rejects((await long.ask()).text())
  await using failing = await withTeam(20, 2000, 10)
  await assert.rejects((await failing.ask()).text())
  await using early = await withTeam(20, 2000, 0)
  const refused = await early.ask()
  assert.deepEqual(
    [refused.status, await refused.json()],
    [500, { errors: ['The request could not be served'] }],
  )
})
