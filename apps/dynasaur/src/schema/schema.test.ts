import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Rejection } from '../errors.ts'
import type { Attribute } from './attribute.ts'
import type { Field, Finding } from './field.ts'
import { field } from './index.ts'
import { isoInstant } from './instant.ts'

const NULLS = ['JTNullValue', 'null', '']
const ODD = ['nil', 'undefined']

function read<T>(spec: Field<T>, value: Attribute | string | undefined) {
  const findings: Finding[] = []
  const attribute = typeof value === 'string' ? { S: value } : value
  const result = spec.compile({ usual: NULLS, odd: ODD })(attribute, {
    path: 'f',
    note: (finding) => void findings.push(finding),
  })
  return { value: result, codes: findings.map(({ code }) => code) }
}

function rejected<T>(spec: Field<T>, value: Attribute | string | undefined): string {
  try {
    read(spec, value)
  } catch (error) {
    if (error instanceof Rejection) return error.code
    throw error
  }
  return 'not rejected'
}

const int8 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

test('an integer keeps every digit, however it is spelled', () => {
  fc.assert(
    fc.property(int8, fc.nat(4), fc.nat(3), (value, zeros, spaces) => {
      const pad = ' '.repeat(spaces)
      const digits = String(value)
      const negative = digits.startsWith('-') ? '-' : ''
      const plain = digits.slice(negative.length)
      const spellings = [
        digits,
        pad + digits + pad,
        `${digits}.${'0'.repeat(zeros)}`,
        `${negative}${plain[0]}.${plain.slice(1)}e+${String(plain.length - 1).padStart(2, '0')}`,
        `${digits}${'0'.repeat(zeros)}E-${zeros}`,
      ]
      for (const spelling of spellings) assert.equal(read(field.integer(), spelling).value, value, spelling)
      assert.equal(read(field.integer(), { N: digits }).value, value)
    }),
  )
})

test('what is not an integer is refused by name, never rounded or guessed', () => {
  const cases: [string, string][] = [
    ['1.5', 'integer.fraction'],
    ['0x10', 'integer.syntax'],
    ['1,024', 'integer.syntax'],
    ['4 parts', 'integer.syntax'],
    [' ', 'integer.syntax'],
    ['NaN', 'integer.syntax'],
    ['.', 'integer.syntax'],
    ['9223372036854775808', 'integer.range'],
    ['1e400', 'integer.range'],
    ['1e9999', 'integer.syntax'],
  ]
  for (const [text, code] of cases) assert.equal(rejected(field.integer(), text), code, text)
  assert.equal(rejected(field.integer({ min: 0n }), '-1'), 'integer.range')
})

test('a decimal keeps digits and scale', () => {
  for (const [text, plain] of [
    ['9007199254740993.10', '9007199254740993.10'],
    ['-1.5e10', '-15000000000'],
    ['1E-4', '0.0001'],
    ['-0', '0'],
    ['007', '7'],
  ] as const) {
    assert.equal(read(field.decimal(), text).value, plain)
  }
})

test('booleans read in every known spelling and case; another word is refused', () => {
  const words: [string, boolean][] = [
    ['1', true],
    ['true', true],
    ['T', true],
    ['yes', true],
    ['ON', true],
    ['0', false],
    ['False', false],
    ['no', false],
    ['off', false],
  ]
  for (const [word, value] of words) assert.equal(read(field.bool(), word).value, value)
  assert.equal(read(field.bool(), { BOOL: true }).value, true)
  assert.equal(read(field.bool(), { N: '0' }).value, false)
  fc.assert(
    fc.property(fc.string(), (word) => {
      fc.pre(!/^(1|0|true|false|t|f|yes|no|y|n|on|off|)$/i.test(word.trim()))
      assert.equal(rejected(field.bool(), { S: `x${word}` }), 'bool.spelling')
    }),
  )
})

test('every spelling of an instant reads as the same microsecond', () => {
  const micros = fc.bigInt({ min: 1_000_000_000_000_000n, max: 4_000_000_000_000_000n })
  fc.assert(
    fc.property(micros, (exact) => {
      const iso = isoInstant(exact)
      const whole = exact - (exact % 1_000_000n)
      const seconds = String(whole / 1_000_000n)
      assert.equal(read(field.timestamp(), iso).value, iso)
      assert.equal(read(field.timestamp(), `${seconds}.${iso.slice(20, 26)}`).value, iso)
      const atSecond = isoInstant(whole)
      const calendar = `${atSecond.slice(0, 10)} ${atSecond.slice(11, 19)}`
      const shifted = isoInstant(whole + 5_400_000_000n)
      for (const spelling of [
        seconds,
        `${seconds}000`,
        `${calendar} UTC`,
        calendar,
        `${calendar.replace(' ', 'T')}Z`,
        `${shifted.slice(0, 19)}+01:30`,
        `${shifted.slice(0, 19)}+0130`,
      ]) {
        assert.equal(read(field.timestamp(), spelling).value, atSecond, spelling)
      }
    }),
  )
})

test('a time that cannot be, or lies outside the window, is refused', () => {
  for (const text of ['2015-02-30 00:00:00 UTC', 'yesterday', '-5', '2015-13-01T00:00:00Z']) {
    assert.equal(rejected(field.timestamp(), text), 'timestamp.syntax', text)
  }
  assert.equal(rejected(field.timestamp({ min: '2013-01-01T00:00:00Z' }), '0'), 'timestamp.window')
})

test('null: every spelling of the table, NULL and absence; a field may have its own', () => {
  for (const value of [...NULLS, { NULL: true } as Attribute, undefined]) {
    assert.equal(read(field.integer().optional(), value).value, null)
    assert.equal(rejected(field.integer(), value), 'value.missing')
    assert.equal(read(field.bool().default(true), value).value, true)
  }
  for (const odd of ODD)
    assert.deepEqual(read(field.integer().optional(), odd), { value: null, codes: ['null.spelling'] })
  const name = field.text().nulls(['JTNullValue'])
  assert.equal(read(name, 'null').value, 'null')
  assert.equal(rejected(name, 'JTNullValue'), 'value.missing')
})

test('the failure policy is the field’s: refuse, null or default, and what was replaced is reported', () => {
  assert.equal(rejected(field.bool(), '2'), 'bool.spelling')
  assert.deepEqual(read(field.bool().orNull(), '2'), { value: null, codes: ['bool.spelling'] })
  assert.deepEqual(read(field.bool().orDefault(false), '2'), { value: false, codes: ['bool.spelling'] })
  assert.equal(rejected(field.text(), { L: [] }), 'value.type')
})

test('text gives up NUL and lone surrogates, which Postgres refuses, and says so', () => {
  assert.deepEqual(read(field.text(), 'a\0b\ud83d!'), { value: 'ab\ufffd!', codes: ['text.mended'] })
  assert.deepEqual(read(field.text(), 'whole 😀'), { value: 'whole 😀', codes: [] })
})

test('JSON passes through with its digits, however often it was wrapped', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (inner, depth) => {
      const text = JSON.stringify({ inner })
      let wrapped = text
      for (let level = 0; level < depth; level++) wrapped = JSON.stringify(wrapped)
      const { value } = read(field.json(), wrapped)
      assert.deepEqual(JSON.parse(value), JSON.parse(mendedByHand(text)))
    }),
  )
  assert.equal(
    read(field.json(), '{"n":12345678901234567890,"n2":1.10}').value,
    '{"n":12345678901234567890,"n2":1.10}',
  )
})

function mendedByHand(text: string): string {
  return JSON.stringify(JSON.parse(text), (_key, value) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  )
}

test('JSON: escapes are mended, Ruby and quotes salvaged with a finding, junk refused', () => {
  assert.equal(
    read(field.json(), '{"a":"x\\u0000y\\ud83dz\\ud83d\\ude00","b":"\\\\u0000"}').value,
    '{"a":"xy\\ufffdz\\ud83d\\ude00","b":"\\\\u0000"}',
  )
  assert.deepEqual(read(field.json(), '{"a"=>"1", "b"=>nil}'), {
    value: '{"a":"1", "b":null}',
    codes: ['json.salvaged'],
  })
  assert.deepEqual(read(field.json(), "{'a': 'it\\'s', }"), {
    value: '{"a": "it\'s" }',
    codes: ['json.salvaged'],
  })
  for (const junk of ['[object Object]', '#<Foo:0x0>', '{"a":', 'plain'])
    assert.equal(rejected(field.json(), junk), 'json.syntax', junk)
  assert.equal(read(field.json(), { M: { n: { N: '9007199254740993' } } }).value, '{"n":9007199254740993}')
})

test('a list reads alike from every shape that writers left', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[A-Za-z]{8}$/), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(ids, (list) => {
      const shapes: (Attribute | string)[] = [
        JSON.stringify(list),
        JSON.stringify(JSON.stringify(list)),
        JSON.stringify(Object.fromEntries(list.entries())),
        list.join(', '),
        `[${list.map((id) => `'${id}'`).join(', ')}]`,
        { L: list.map((S) => ({ S })) },
      ]
      for (const shape of shapes) assert.deepEqual(read(field.list(field.text()), shape).value, list)
    }),
  )
})

test('a list drops placeholders, repeats and bad elements, and says which', () => {
  assert.deepEqual(read(field.list(field.text()), '["a","JTNullValue","a",null,"b"]'), {
    value: ['a', 'b'],
    codes: ['list.placeholder', 'list.repeat', 'list.placeholder'],
  })
  assert.deepEqual(read(field.list(field.integer()), '["1","x"]'), { value: [1n], codes: ['list.element'] })
  assert.deepEqual(read(field.list(field.text()), '["a","b","c'), {
    value: ['a', 'b'],
    codes: ['list.truncated'],
  })
  assert.equal(rejected(field.list(field.text()), '{"name":"x"}'), 'list.shape')
})

test('an object reads its members as fields', () => {
  const prefs = field.object({ on: field.bool().default(false), n: field.integer().optional() })
  assert.deepEqual(read(prefs, '{"on":"1","n":"7.0","other":"x"}').value, { on: true, n: 7n })
  assert.deepEqual(read(prefs, '"{\\"on\\":\\"0\\"}"').value, { on: false, n: null })
  assert.equal(rejected(prefs, '["on"]'), 'json.shape')
})
