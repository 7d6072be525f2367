import assert from 'node:assert/strict'
import test from 'node:test'
import { groupNotes, hrefOf, type Note, unreadIn } from './inbox.ts'

const note = (id: string, given: Partial<Note> = {}): Note => ({
  id,
  type: 'comment.created',
  reason: 'watcher',
  project_id: 'p1',
  asset_id: null,
  comment_id: null,
  actor: { kind: 'user', id: 'u1' },
  text: id,
  read_at: null,
  inserted_at: '2026-01-01T00:00:00.000000Z',
  ...given,
})

test('notes about one asset stand together, in the order of the newest of each', () => {
  const groups = groupNotes([
    note('1', { asset_id: 'a' }),
    note('2', { asset_id: 'b' }),
    note('3', { asset_id: 'a' }),
  ])
  assert.deepEqual(
    groups.map(({ key, notes }) => [key, notes.length]),
    [
      ['a', 2],
      ['b', 1],
    ],
  )
})

test('a note leads to its comment, its asset or its project', () => {
  assert.equal(hrefOf(note('1', { asset_id: 'a', comment_id: 'c' })), '/assets/a?comment=c')
  assert.equal(hrefOf(note('1', { asset_id: 'a' })), '/assets/a')
  assert.equal(hrefOf(note('1')), '/projects/p1')
  assert.equal(hrefOf(note('1', { project_id: null })), null)
})

test('what was read isn’t counted', () => {
  assert.equal(unreadIn([note('1'), note('2', { read_at: '2026-01-01T00:00:00.000000Z' })]).length, 1)
})
