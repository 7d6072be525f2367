import assert from 'node:assert/strict'
import test from 'node:test'
import { advance, lastSeq, noteSnapshot, restartAt } from './cursor.ts'

test('of several snapshots the oldest is resumed from', () => {
  noteSnapshot('p1', 12)
  noteSnapshot('p1', 9)
  noteSnapshot('p1', 30)
  noteSnapshot('p1', null)
  assert.equal(lastSeq('p1'), 9)
})

test('an event that was seen is dropped, a newer one moves on', () => {
  noteSnapshot('p2', 5)
  assert.equal(advance('p2', 5), false)
  assert.equal(advance('p2', 6), true)
  assert.equal(advance('p2', 6), false)
  assert.equal(lastSeq('p2'), 6)
})

test('once the stream is open a snapshot can’t turn it back or forward', () => {
  advance('p3', 7)
  noteSnapshot('p3', 2)
  noteSnapshot('p3', 20)
  assert.equal(lastSeq('p3'), 7)
})

test('a gap that can’t be replayed starts afresh', () => {
  advance('p4', 100)
  restartAt('p4', 40)
  assert.equal(advance('p4', 41), true)
})
