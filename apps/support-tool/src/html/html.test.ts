import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Accounts } from '@rushes/core'
import fc from 'fast-check'
import { searchPage } from '../pages/search.ts'
import { bytes, count, seconds } from './format.ts'
import { escapeText, html } from './html.ts'

const readBack = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'script', ' on=', '{', '`', ';', 'amp') }),
)

test('escaped text holds no markup, and reads back as what it was', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      assert.doesNotMatch(escapeText(text), /[<>"']/)
      assert.equal(readBack(escapeText(text)), text)
    }),
    { numRuns: 1000 },
  )
})

test('a template escapes what it is given, keeps what it made, and leaves nothing out in words', () => {
  const bold = html`<b title="${'"'}">${'<i>'}</b>`
  assert.equal(String(bold), '<b title="&quot;">&lt;i&gt;</b>')
  assert.equal(String(html`${[bold, 1, null, false, undefined]}`), `${bold}1`)
  const forged = { toString: () => '<script>' } as never
  assert.equal(String(html`${forged}`), '&lt;script&gt;')
})

const account: Accounts.FoundAccount = {
  id: '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05',
  display_name: 'plain',
  owner_email: 'plain',
  person_name: 'plain',
  person_email: 'plain',
  standing: 'owner',
  project_count: 1,
  deleted_at: null,
}
const staff = { id: account.id, name: 'plain', email: 'plain', role: 'support' }

/** The page's tags with attribute names, without any text. */
const skeleton = (page: string) =>
  [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""')).join('\n')

test('whatever people call themselves, a page has the same tags', () => {
  const page = (said: string) =>
    searchPage({ staff: { ...staff, name: said }, reason: said }, said, [
      { ...account, display_name: said, owner_email: said, person_name: said },
    ]).toString()
  const plain = skeleton(page('plain'))
  fc.assert(fc.property(nasty, (said) => assert.equal(skeleton(page(said)), plain)))
})

test('figures for people', () => {
  assert.deepEqual([0, 1023, 1536, 5 * 2 ** 30, 3 * 2 ** 60].map(bytes), [
    '0 B',
    '1023 B',
    '1.5 KB',
    '5 GB',
    '3072 PB',
  ])
  assert.deepEqual([0.04, 59.96, 61, 7300, 400_000].map(seconds), ['0 s', '60 s', '1 min', '2 h', '5 days'])
  assert.deepEqual([count(1, 'event'), count(1234, 'event')], ['1 event', '1,234 events'])
})
