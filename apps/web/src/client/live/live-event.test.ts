import assert from 'node:assert/strict'
import test from 'node:test'
import { type EventData, effectOf, isLiveEvent } from './live-event.ts'

const event = (type: string, data: EventData) => ({ seq: 1, type, at: '2026-01-01T00:00:00.000000Z', data })

test('a comment that came with its event is kept at once, one named by id is fetched', () => {
  const comment = { id: 'c1', asset_id: 'a1' } as NonNullable<EventData['comment']>
  assert.deepEqual(effectOf(event('comment.created', { comment })), { kind: 'keep-comment', comment })
  assert.deepEqual(effectOf(event('comment.completed', { comment_id: 'c1', asset_id: 'a1' })), {
    kind: 'fetch-comment',
    commentId: 'c1',
    assetId: 'a1',
  })
})

test('a deleted comment is dropped, even when the event still carries it', () => {
  const comment = { id: 'c1', asset_id: 'a1' } as NonNullable<EventData['comment']>
  assert.equal(effectOf(event('comment.deleted', { comment })).kind, 'drop-comment')
})

test('progress moves a bar and reads nothing', () => {
  assert.deepEqual(effectOf(event('asset.progressed', { asset_id: 'a1', progress: 0.4 })), {
    kind: 'progress',
    assetId: 'a1',
    progress: 0.4,
  })
})

test('a moved asset refreshes both folders, each once', () => {
  const data = { asset_id: 'a1', parent_id: 'f2', from_parent_id: 'f1', version_stack_id: 'f2' }
  assert.deepEqual(effectOf(event('asset.moved', data)), { kind: 'refresh', assetIds: ['a1', 'f2', 'f1'] })
})

test('events of a kind that isn’t on screen do nothing', () => {
  assert.equal(effectOf(event('reviewlink.viewed', {})).kind, 'none')
  assert.equal(effectOf(event('asset.ready', {})).kind, 'none')
})

test('presence and replies are no events', () => {
  for (const payload of [null, {}, { joins: {}, leaves: {} }, { status: 'ok', response: {} }, 'x'])
    assert.equal(isLiveEvent(payload), false)
  assert.equal(isLiveEvent(event('asset.ready', {})), true)
})
