import assert from 'node:assert/strict'
import test from 'node:test'
import { type Command, commandOf } from './keymap.ts'

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => commandOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

test('the keys that every editor knows', () => {
  const expected: [string, Command][] = [
    [' ', 'toggle'],
    ['k', 'toggle'],
    ['j', 'back'],
    ['l', 'forward'],
    ['ArrowLeft', 'frame-back'],
    ['ArrowRight', 'frame-forward'],
    ['i', 'mark-in'],
    ['o', 'mark-out'],
    ['c', 'comment'],
    ['d', 'draw'],
    ['p', 'draw'],
    ['m', 'mute'],
    ['f', 'fullscreen'],
    ['Escape', 'escape'],
  ]
  for (const [key, command] of expected) assert.equal(press(key), command, key)
})

test('Shift changes what a key does, also when it changes the letter', () => {
  assert.equal(press('ArrowRight', { shiftKey: true }), 'frames-forward')
  assert.equal(press('J', { shiftKey: true }), 'slow-back')
  assert.equal(press('I', { shiftKey: true }), 'go-in')
  assert.equal(press('?', { shiftKey: true }), 'help')
})

test('Caps Lock changes nothing', () => {
  assert.equal(press('C'), 'comment')
})

test('Ctrl and Cmd are one', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    assert.equal(press('z', held), 'undo')
    assert.equal(press('Z', { ...held, shiftKey: true }), 'redo')
    assert.equal(press('l', held), 'loop')
  }
})

test('the browser keeps its own keys', () => {
  assert.equal(press('c', { ctrlKey: true }), null)
  assert.equal(press('f', { metaKey: true }), null)
  assert.equal(press('ArrowLeft', { altKey: true }), null)
  assert.equal(press('x'), null)
})
