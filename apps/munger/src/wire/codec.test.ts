import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decimal, epoch, flag, integer, jsonText, NULL, stamp, stringify, text, word } from './codec.ts'

test('every codec writes the published examples byte for byte', () => {
  assert.equal(decimal(11248776), '11248776.0')
  assert.equal(decimal(23.976), '23.976')
  assert.equal(decimal(0), '0.0')
  assert.equal(decimal(-1.5), '-1.5')
  assert.equal(decimal(312), '312.0')
  assert.equal(decimal(1e21), '1000000000000000000000.0')
  assert.equal(decimal(1.5e-7), '0.00000015')
  assert.equal(integer(4), '4')
  assert.equal(epoch('1970-01-01T00:00:00.000000Z'), '0')
  assert.equal(epoch('2015-09-04T12:01:02.987654Z'), '1441368062')
  assert.equal(stamp('2015-09-04T12:01:02.987654Z'), '2015-09-04 12:01:02 UTC')
  assert.equal(flag(true), '1')
  assert.equal(flag(null), '0')
  assert.equal(word(false), 'false')
  for (const codec of [text, decimal, integer, epoch, stamp, jsonText]) assert.equal(codec(null), NULL)
  assert.equal(jsonText({ a: 1, b: null, c: [true, 'x'] }), '{"a":"1","b":"JTNullValue","c":["1","x"]}')
  assert.equal(
    jsonText({ on_trial: false, cancelled_at: null }, 'null'),
    '{"on_trial":"0","cancelled_at":"null"}',
  )
})

const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]

test('nothing but text is left of any JSON, and a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const said = stringify(value)
      for (const leaf of leaves(said)) assert.equal(typeof leaf, 'string')
      assert.deepEqual(stringify(said), said)
      assert.equal(leaves(said).length, leaves(value).length)
    }),
  )
})

test('a number of any size reads back as itself, with a dot and without an exponent', () => {
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(numbers, (number) => {
      assert.match(decimal(number), /^-?\d+\.\d+$/)
      assert.ok(Number(decimal(number)) === number, decimal(number))
    }),
    { numRuns: 2000 },
  )
  fc.assert(fc.property(fc.maxSafeInteger(), (whole) => assert.match(integer(whole), /^-?\d+$/)))
})
