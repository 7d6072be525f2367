import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fanout } from './fanout.ts'
import type { Packet } from './packet.ts'
import { v1, v2 } from './serializers.ts'

const message = (n: number) => ({ kind: 'broadcast', topic: 't', event: 'e', payload: { n } }) as const

function subscriber(serializer = v2) {
  const packets: Packet[] = []
  return { serializer, packets, deliver: (packet: Packet) => void packets.push(packet) }
}

test('a subscriber hears nothing that was broadcast before it came', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const fanout = new Fanout(5)
  const [early, late] = [subscriber(), subscriber()]
  fanout.subscribe('g', early)
  fanout.broadcast('g', message(1))
  fanout.subscribe('g', late)
  fanout.broadcast('g', message(2))
  t.mock.timers.tick(10)
  const heard = ({ packets }: typeof early) => packets.flatMap((packet) => packet.frames)
  assert.deepEqual(heard(early), ['[null,null,"t","e",{"n":1}]', '[null,null,"t","e",{"n":2}]'])
  assert.deepEqual(heard(late), ['[null,null,"t","e",{"n":2}]'])
})

test('a window is encoded once a version and written once a subscriber', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const fanout = new Fanout(5)
  const [a, b, old] = [subscriber(), subscriber(), subscriber(v1)]
  for (const one of [a, b, old]) fanout.subscribe('g', one)
  for (let n = 0; n < 10; n++) fanout.broadcast('g', message(n))
  t.mock.timers.tick(10)
  assert.deepEqual(
    [a, b, old].map(({ packets }) => packets.length),
    [1, 1, 1],
  )
  assert.equal(a.packets[0], b.packets[0])
  assert.notEqual(a.packets[0], old.packets[0])
})

test('what may be dropped or has an exception does not overtake what waits', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const fanout = new Fanout(5)
  const [a, b] = [subscriber(), subscriber()]
  for (const one of [a, b]) fanout.subscribe('g', one)
  fanout.broadcast('g', message(1))
  fanout.broadcast('g', message(2), { except: a })
  assert.equal(a.packets.length, 1)
  assert.deepEqual(
    b.packets.flatMap(({ frames }) => frames).map((frame) => JSON.parse(String(frame))[4].n),
    [1, 2],
  )
})
