import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkToken, hashToken, newCode, newToken, PasswordHasher, TooBusyError } from './index.ts'

test('a password verifies against its own hash only', async () => {
  const hasher = new PasswordHasher()
  const stored = await hasher.hash('correct horse')
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await hasher.verify('correct horse', stored), true)
  assert.equal(await hasher.verify('correct horsf', stored), false)
  assert.equal(await hasher.verify('correct horse', null), false)
  assert.equal(await hasher.verify('correct horse', 'plain text'), false)
})

test('a flood of hashes is turned away instead of queueing for ever', async () => {
  const hasher = new PasswordHasher()
  const results = await Promise.allSettled(Array.from({ length: 40 }, () => hasher.hash('x')))
  const refused = results.filter((r) => r.status === 'rejected' && r.reason instanceof TooBusyError)
  assert.ok(refused.length >= 15 && refused.length < 40, `${refused.length} refused`)
  assert.ok(await hasher.hash('afterwards'))
})

test('a token tells its kind, and a changed letter is refused without a look-up', () => {
  for (const kind of ['developer', 'session', 'guest', 'mail'] as const) {
    const token = newToken(kind)
    assert.equal(checkToken(token), kind)
    for (const place of [7, 20, token.length - 1]) {
      const other = token[place] === 'a' ? 'b' : 'a'
      assert.equal(checkToken(token.slice(0, place) + other + token.slice(place + 1)), null)
    }
  }
  assert.equal(checkToken(''), null)
  assert.match(newToken('developer'), /^fio-u-[0-9A-Za-z]{49}$/)
  assert.equal(hashToken('a').length, 32)
})

test('codes use the whole alphabet evenly', () => {
  const counts = new Map<string, number>()
  for (const letter of newCode(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  assert.equal(counts.size, 62)
  for (const count of counts.values()) assert.ok(count > 850 && count < 1150)
})
