import assert from 'node:assert/strict'
import test from 'node:test'
import { tileAt, tileStyle } from './sprite.ts'

const sprite = { columns: 10, rows: 5, count: 48, tileWidth: 160, tileHeight: 90, interval: 0.25 }

test('a moment finds its tile, and never one that isn’t there', () => {
  assert.deepEqual(
    [tileAt(sprite, 0), tileAt(sprite, 0.26), tileAt(sprite, 999), tileAt(sprite, -1)],
    [0, 1, 47, 0],
  )
})

test('a tile is placed as a share of what is left over, as CSS positions count', () => {
  const { backgroundPosition, backgroundSize } = tileStyle(sprite, '/s.jpg', 29)
  assert.equal(backgroundSize, '1000% 500%')
  assert.equal(backgroundPosition, '100% 50%')
})

test('a sheet of one tile fills the box', () => {
  const one = { ...sprite, columns: 1, rows: 1, count: 1 }
  assert.equal(tileStyle(one, '/s.jpg', 0).backgroundPosition, '0% 0%')
})
