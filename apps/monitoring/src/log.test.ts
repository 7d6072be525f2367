import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { configureLogs, type LogLevel, logger } from './log.ts'

afterEach(() => configureLogs({ level: 'silent' }))

function capture(level: LogLevel, pretty = false) {
  const lines: string[] = []
  configureLogs({ level, pretty, destination: { write: (line) => lines.push(line) } })
  return lines
}

test('a line is JSON with time, level, app and message', () => {
  const early = logger('api')
  const lines = capture('info')
  early.info('listening', { port: 8701 })
  const { time, ...line } = JSON.parse(lines[0] ?? '')
  assert.deepEqual(line, { level: 'info', app: 'api', port: 8701, msg: 'listening' })
  assert.ok(Math.abs(Date.parse(time) - Date.now()) < 10_000)
})

test('lines under the level are not written, and none before logs are configured', () => {
  const lines = capture('warn')
  logger('api').info('quiet')
  logger('api').warn('loud')
  assert.equal(lines.length, 1)
})

test('fields bound with `with` stand on every line and the app cannot be overwritten', () => {
  const lines = capture('info')
  logger('api').with({ request: 'r1' }).info('done', { app: 'other' })
  assert.deepEqual(Object.entries(JSON.parse(lines[0] ?? '')).slice(2), [
    ['app', 'api'],
    ['request', 'r1'],
    ['msg', 'done'],
  ])
})

const canary = 'c4n4ry+S3cret/value=='
const written: Record<string, Record<string, unknown>> = {
  header: {
    headers: { Authorization: `Bearer ${canary}`, 'set-cookie': [`rushes_session=${canary}; HttpOnly`] },
  },
  'headers object': { headers: new Headers({ cookie: `a=1; rushes_session=${canary}` }) },
  'raw header': { raw: ['authorization', `Bearer ${canary}`] },
  map: { state: new Map([['access_token', canary]]) },
  'signed url': { url: `https://h/media/x.mp4?exp=1&sig=${canary}` },
  'URL object': { url: new URL(`https://h/x?X-Amz-Signature=${canary}`) },
  'path with query': { path: `/v2/assets?page=2&access_token=${canary}` },
  'database address': { url: `postgres://rushes:${canary.replaceAll('/', '_')}@db/rushes` },
  nested: { a: [{ b: { webhookSecret: { value: canary }, newPassword: canary, apiKey: canary } }] },
  bytes: { body: Buffer.from(canary) },
  error: { error: new Error(`refused: token=${canary}`, { cause: { password: canary } }) },
  'error with fields': {
    error: Object.assign(new Error('x'), { config: { headers: { authorization: canary } } }),
  },
  'json text': { body: JSON.stringify({ password: canary }) },
  'header text': { text: `GET / HTTP/1.1\r\nCookie: a=b; rushes_session=${canary}\r\n` },
  'developer token': { text: `got fio-u-${canary}` },
  'key as a secret': { [`token=${canary}`]: 1 },
}

for (const [path, fields] of Object.entries(written))
  for (const pretty of [false, true])
    test(`no secret is written: ${path}${pretty ? ', for people' : ''}`, () => {
      const lines = capture('debug', pretty)
      logger('api').error('failed', fields)
      logger('api').with(fields).debug(`failed with password=${canary} at /x?sig=${canary}`)
      const text = lines.join('')
      assert.equal(lines.length, 2)
      assert.ok(!text.includes('c4n4ry') && !text.includes('S3cret'), text)
      assert.ok(text.includes('[redacted]'))
    })

test('what is not secret stays readable', () => {
  const lines = capture('info')
  logger('api').info('sent', { hasToken: true, token: null, url: '/v2/a?page=2&include=children', size: 12n })
  const { hasToken, token, url, size } = JSON.parse(lines[0] ?? '')
  assert.deepEqual([hasToken, token, url, size], [true, null, '/v2/a?page=2&include=children', '12'])
})

test('cycles and huge objects are cut instead of written', () => {
  const lines = capture('info')
  const cycle: Record<string, unknown> = { list: Array.from({ length: 100_000 }, () => ({ n: 1 })) }
  cycle.self = cycle
  logger('api').info('big', { cycle, text: 'token'.repeat(100_000) })
  assert.ok((lines[0] ?? '').length < 40_000)
})
