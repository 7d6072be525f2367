import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { Comment } from '../wire/types.ts'
import { arrange, authorOf, removeComment, threadsOf, upsertComment } from './comment-list.ts'

let clock = 0
function comment(id: string, given: Partial<Comment> = {}): Comment {
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, clock++)).toISOString()
  const owner = { id: 'u1', name: 'Ada' }
  const base = {
    id,
    parent_id: null,
    text: id,
    timestamp: null,
    annotation: null,
    private: false,
    completed: false,
    owner,
  }
  return { inserted_at: at, updated_at: at, anonymous_user: null, ...base, ...given } as Comment
}

test('replies go under their comment, numbers follow the order of writing', () => {
  const list = [
    comment('a'),
    comment('b'),
    comment('a1', { parent_id: 'a' }),
    comment('x1', { parent_id: 'unseen' }),
  ]
  const threads = threadsOf(list)
  assert.deepEqual(
    threads.map((thread) => [thread.comment.id, thread.number, thread.replies.length]),
    [
      ['a', 1, 1],
      ['b', 2, 0],
    ],
  )
})

test('an older copy that arrives late does not undo a newer one', () => {
  const old = comment('a')
  const newer = { ...old, completed: true, updated_at: '2027-01-01T00:00:00.000000Z' }
  assert.deepEqual(upsertComment([newer], old), [newer])
  assert.deepEqual(upsertComment([old], newer), [newer])
})

test('in whatever order, and however often, copies arrive, the list ends the same', () => {
  const copies = [comment('a'), comment('b'), comment('c')]
  fc.assert(
    fc.property(fc.shuffledSubarray([...copies, ...copies], { minLength: 6 }), (arrivals) => {
      assert.deepEqual(arrivals.reduce(upsertComment, [] as Comment[]), copies)
    }),
  )
})

test('deleting a comment takes its replies along', () => {
  const list = [comment('a'), comment('a1', { parent_id: 'a' }), comment('b')]
  assert.deepEqual(
    removeComment(list, 'a').map(({ id }) => id),
    ['b'],
  )
})

test('filters, order and words work together', () => {
  const threads = threadsOf([
    comment('late', { timestamp: 90 }),
    comment('early', { timestamp: 10, completed: true }),
    comment('whole'),
    comment('drawn', { timestamp: 50, annotation: '[]', private: true }),
  ])
  const ids = (...args: Parameters<typeof arrange>) => arrange(...args).map((thread) => thread.comment.id)
  assert.deepEqual(ids(threads, 'all', 'time'), ['whole', 'early', 'drawn', 'late'])
  assert.deepEqual(ids(threads, 'open', 'newest'), ['drawn', 'whole', 'late'])
  assert.deepEqual(ids(threads, 'drawings', 'time'), ['drawn'])
  assert.deepEqual(ids(threads, 'private', 'time'), ['drawn'])
  assert.deepEqual(ids(threads, 'all', 'time', ' EARL'), ['early'])
})

test('guests and people who left have a name too', () => {
  const guest = comment('g', { owner: null, anonymous_user: { id: 'g1', name: 'Carla' } })
  assert.deepEqual(authorOf(guest), { id: 'g1', name: 'Carla', guest: true })
  assert.equal(authorOf(comment('n', { owner: null })).guest, false)
})
