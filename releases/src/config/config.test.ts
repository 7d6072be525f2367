import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import { configurationPage } from './document.ts'

test('nothing need be set, and an empty variable counts as unset', () => {
  const config = readConfig({ RUSHES_PORT: '', SMTP_URL: '' })
  assert.equal(config.publicUrl, 'http://127.0.0.1:8700')
  assert.equal(config.fixedUrl, null)
  assert.equal(config.ports.postgres, 8706)
  assert.equal(config.smtpUrl, undefined)
  assert.match(config.dataDir, /\/\.data$/)
})

test('values become what the apps take', () => {
  const config = readConfig({
    RUSHES_PORT: '9000',
    RUSHES_PUBLIC_URL: 'https://review.example.com/',
    RUSHES_TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1',
    RUSHES_SIGN_UP: 'on',
  })
  assert.equal(config.ports.api, 9001)
  assert.equal(config.publicUrl, 'https://review.example.com')
  assert.deepEqual(config.trustedProxies, ['10.0.0.0/8', '192.0.2.1'])
  assert.equal(config.signUp, true)
})

test('listening on every interface, this machine is still called by its name', () => {
  assert.equal(readConfig({ RUSHES_HOST: '0.0.0.0' }).publicUrl, 'http://localhost:8700')
  assert.equal(readConfig({ RUSHES_HOST: '::1' }).publicUrl, 'http://[::1]:8700')
})

test('every unusable variable is named in one line, and secrets are not repeated', () => {
  const env = { RUSHES_PORT: 'eighty', DATABASE_URL: 'mysql://x:hunter2@db/x', RUSHES_LOG: 'loud' }
  assert.throws(
    () => readConfig(env),
    ({ code, message }: Error & { code: string }) => {
      assert.equal(code, 'config')
      for (const name of Object.keys(env)) assert.ok(message.includes(name))
      assert.ok(!/hunter2|\n/.test(message))
      return true
    },
  )
})

test('docs/configuration.md is what the settings say', async () => {
  const page = await readFile(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')
  assert.equal(page, configurationPage(), 'run `npm run docs`')
})
