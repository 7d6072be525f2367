import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { retryDelay, WEBHOOK_TRIES } from './retry.ts'
import { signWebhook } from './sign.ts'

// A delivery of the V2 service that was captured and published, with the secret it was signed with.
const published = {
  secret: 'yxSE59T0gtZOFZxw6UhLwTkhd2m8ntNSdSWnApQ0xOnMEzSoXbD8sGFP4bzb7MbS',
  timestamp: 1604004499,
  body: '{"project":{"id":"f348e9f4-f142-42f9-b3bf-478d93f0feb4"},"resource":{"id":"6aad9151-c216-4d6f-b5e9-530df551a426","type":"asset"},"team":{"id":"aa891687-4b1e-4150-9b6d-9e4911c5b436"},"type":"asset.label.updated","user":{"id":"59c9ade1-311b-4c3b-8231-b9d88e9a1a85"}}',
  signature: 'v0=a77ce6856e609c884575c2fd211d07a9ad1c3f72e19c06ff710e8f086ffca883',
}

test('the published delivery is signed byte for byte', () => {
  const { secret, timestamp, body, signature } = published
  assert.equal(signWebhook(secret, timestamp, body), signature)
})

test('ten tries over about three days, each wait longer than the last and within 10 % of its mark', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
      const waits = Array.from({ length: WEBHOOK_TRIES }, (_, tries) => retryDelay(tries + 1, random))
      assert.equal(waits.pop(), undefined)
      const seconds = waits.map((wait) => wait ?? assert.fail())
      assert.ok(seconds.every((wait, index) => index === 0 || wait > seconds[index - 1]!))
      const days = seconds.reduce((sum, wait) => sum + wait) / 86_400
      assert.ok(days > 2.6 && days < 3.4, `${days} days`)
      assert.ok(seconds[0]! >= 13.5 && seconds[0]! <= 16.5)
    }),
  )
  assert.equal(WEBHOOK_TRIES, 10)
})
