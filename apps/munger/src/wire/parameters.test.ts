import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LegacyError } from '../legacy-error.ts'
import { merge, readFlag, readIds, readList, readNumber, readText } from './parameters.ts'

test('the path wins over the body, and the body over the query', () => {
  assert.deepEqual(merge({ id: 'path' }, { id: 'query', a: 'query', q: '1' }, { id: 'body', a: 'body' }), {
    id: 'path',
    a: 'body',
    q: '1',
  })
  assert.deepEqual(merge({ id: 'path' }, {}, undefined), { id: 'path' })
})

test('null has its spellings, but somebody may be called null', () => {
  assert.equal(readText({ name: 'JTNullValue' }, 'name'), null)
  assert.equal(readText({ name: null }, 'name'), null)
  assert.equal(readText({ name: 'null' }, 'name'), 'null')
  assert.equal(readText({}, 'name'), undefined)
  assert.equal(readFlag({ private: 'null' }, 'private'), undefined)
  assert.equal(readNumber({ timestamp: 'JTNullValue' }, 'timestamp'), undefined)
})

test('flags and numbers come in every spelling that was seen, and in no other', () => {
  for (const yes of [1, '1', true, 'true']) assert.equal(readFlag({ flag: yes }, 'flag'), true)
  for (const no of [0, '0', false, 'false']) assert.equal(readFlag({ flag: no }, 'flag'), false)
  for (const size of [11248776, '11248776', '11248776.0', '1.1248776e+07'])
    assert.equal(readNumber({ size }, 'size'), 11248776)
  for (const bad of ['', '0x10', '4 parts', {}, [], 'NaN'])
    assert.throws(() => readNumber({ size: bad }, 'size'), LegacyError)
  assert.throws(() => readFlag({ flag: '2' }, 'flag'), LegacyError)
})

test('a list is one however it was sent: as itself, as an index map, in any order of keys', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 30 }), (ids) => {
      const items = ids.map((id) => ({ id }))
      const backwards = Object.fromEntries(
        items.map((item, index) => [String(index), item] as const).reverse(),
      )
      assert.deepEqual(readIds({ files: items }, 'files'), readIds({ files: backwards }, 'files'))
    }),
  )
  assert.throws(() => readList({ files: Array(501).fill('x') }, 'files'), /more than 500/)
})
