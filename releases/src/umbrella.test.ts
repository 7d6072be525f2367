import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portsFrom, readConfig } from './config/config.ts'
import { listen } from './http/listen.ts'
import { testUmbrella } from './testing.ts'
import { startUmbrella } from './umbrella.ts'

test('one origin serves client, API, probes and metrics', async () => {
  await using umbrella = await testUmbrella()
  const { web } = umbrella.addresses
  const ask = async (path: string, headers = {}) => {
    const response = await fetch(`${web}${path}`, { headers })
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }
  }
  assert.deepEqual(JSON.parse((await ask('/ready')).text), {
    status: 'ok',
    checks: { database: 'ok', migrations: 'ok', disk: 'ok' },
  })
  assert.equal((await ask('/live')).status, 200)
  assert.equal((await ask('/v2/me')).status, 401)
  for (const page of ['/', '/projects/some-id', '/assets/0d8f4a8e-0000-4000-8000-000000000001']) {
    const { status, type, text } = await ask(page)
    assert.deepEqual([status, type], [200, 'text/html; charset=utf-8'], page)
    assert.match(text, /<div id="root">/)
  }
  assert.equal((await ask('/static/absent.js')).status, 404)
  assert.match((await ask('/metrics')).text, /^rushes_/m)
  assert.equal((await ask('/metrics', { 'x-forwarded-for': '192.0.2.1' })).status, 404)
})

test('each app answers alone', async () => {
  await using umbrella = await testUmbrella({ apps: ['api'] })
  assert.deepEqual(Object.keys(umbrella.addresses), ['api'])
  assert.equal((await fetch(`${umbrella.addresses.api}/health`)).status, 200)
  assert.equal((await fetch(`${umbrella.addresses.api}/ready`)).status, 200)
})

test('a draining process is alive but not ready', async () => {
  await using umbrella = await testUmbrella({ apps: ['api'] })
  umbrella.health.drain()
  const status = async (path: string) => (await fetch(`${umbrella.addresses.api}${path}`)).status
  assert.deepEqual([await status('/ready'), await status('/live')], [503, 200])
})

test('a port in use and an unknown app are each said in one line, before anything starts', async () => {
  await using taken = await listen(() => {}, '127.0.0.1', 0)
  const config = { ...readConfig({ RUSHES_DATA_DIR: '/tmp' }), ports: portsFrom(taken.port) }
  await assert.rejects(startUmbrella({ config, apps: ['push'] }), {
    code: 'unknown_app',
    message: /no app push/,
  })
  await using umbrella = await testUmbrella({ apps: ['api'] })
  const clash = { ...umbrella.config, ports: { ...umbrella.config.ports, api: taken.port } }
  await assert.rejects(startUmbrella({ config: clash, apps: ['api'] }), {
    code: 'port_in_use',
    message: `port ${taken.port} is in use by another program; choose others with RUSHES_PORT`,
  })
})
