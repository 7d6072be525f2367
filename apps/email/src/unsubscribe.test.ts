import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readUnsubscribeToken, unsubscribeToken } from './unsubscribe.ts'

const keys = { k2: 'new secret', k1: 'old secret' }
const subscription = { userId: '59c9ade1-311b-4c3b-8231-b9d88e9a1a85', scope: 'project:f348e9f4' }

test('a token says who no longer wants what, also after the key changed', () => {
  assert.deepEqual(readUnsubscribeToken(keys, unsubscribeToken(keys, subscription)), subscription)
  const old = unsubscribeToken({ k1: 'old secret' }, subscription)
  assert.deepEqual(readUnsubscribeToken(keys, old), subscription)
})

test('a token that was changed, signed by someone else or is no token says nothing', () => {
  const token = unsubscribeToken(keys, subscription)
  const parts = token.split('.')
  const swapped = [parts[0], Buffer.from('somebody else').toString('base64url'), parts[2], parts[3]].join('.')
  const foreign = unsubscribeToken({ k2: 'guess' }, subscription)
  const unknownKey = unsubscribeToken({ constructor: 'guess' }, subscription)
  for (const bad of [
    swapped,
    foreign,
    unknownKey,
    `${token}x`,
    token.slice(0, -1),
    '',
    '...',
    'x'.repeat(5000),
  ])
    assert.equal(readUnsubscribeToken(keys, bad), undefined, bad)
})
