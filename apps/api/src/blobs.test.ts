import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { type TestCore, testCore } from '@rushes/core/testing'
import type { FastifyInstance } from 'fastify'
import { api } from './index.ts'

const id = crypto.randomUUID()
const bytes = Buffer.from('01234')
let it: TestCore
let server: FastifyInstance
let base: string

before(async () => {
  it = await testCore()
  const put = (key: string, body: Buffer) =>
    it.core.blobs.put(key, [body] as unknown as AsyncIterable<Buffer>)
  await put(`originals/${id}`, bytes)
  await put(`renditions/${id}/h264_720.mp4`, bytes)
  await put(`renditions/${id}/hls.m3u8`, Buffer.from('hls_720.m3u8'))
  await put(`renditions/${id}/empty.json`, Buffer.alloc(0))
  server = await api(it.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  await server.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(base + path, { headers, method })
  const body = Buffer.from(await answer.arrayBuffer()).toString()
  return { status: answer.status, body, ...Object.fromEntries(answer.headers) } as Record<
    string,
    string | number
  >
}

test('a rendition is shown under its type and may be kept and read by any page', async () => {
  const answer = await get(it.core.links.show(`renditions/${id}/h264_720.mp4`), {
    origin: 'https://elsewhere.example',
  })
  assert.deepEqual([answer.status, answer.body], [200, '01234'])
  assert.equal(answer['content-type'], 'video/mp4')
  assert.equal(answer['content-length'], '5')
  assert.equal(answer['accept-ranges'], 'bytes')
  assert.match(String(answer['cache-control']), /^private, max-age=4\d{4}, immutable$/)
  assert.equal(answer['x-content-type-options'], 'nosniff')
  assert.match(String(answer['content-security-policy']), /^sandbox; default-src 'none'/)
  assert.equal(answer['access-control-allow-origin'], '*')
  assert.equal(answer['content-disposition'], undefined)
})

const ranges: [string, number, string, string | undefined][] = [
  ['bytes=0-5', 206, '01234', 'bytes 0-4/5'],
  ['bytes=1-2', 206, '12', 'bytes 1-2/5'],
  ['bytes=-2', 206, '34', 'bytes 3-4/5'],
  ['bytes=4-', 206, '4', 'bytes 4-4/5'],
  ['bytes=5-', 416, '', 'bytes */5'],
  ['bytes=-0', 416, '', 'bytes */5'],
  [`bytes=0-${',0-'.repeat(1000)}`, 416, '', 'bytes */5'],
  ['lines=1-2', 200, '01234', undefined],
]
for (const [range, status, body, contentRange] of ranges)
  test(`range ${range.slice(0, 20)}`, async () => {
    const answer = await get(it.core.links.show(`renditions/${id}/h264_720.mp4`), { range })
    assert.deepEqual([answer.status, answer.body, answer['content-range']], [status, body, contentRange])
    assert.equal(answer['content-length'], String(body.length))
  })

test('HEAD tells the whole without opening anything; a known etag is not sent again', async () => {
  const path = it.core.links.show(`renditions/${id}/h264_720.mp4`)
  const open = () =>
    readdir('/proc/self/fd').then(
      (fds) => fds.length,
      () => 0,
    )
  const before = await open()
  const heads = await Promise.all(
    Array.from({ length: 200 }, () => get(path, { range: 'bytes=0-1' }, 'HEAD')),
  )
  assert.ok((await open()) < before + 150)
  const [head] = heads
  assert.deepEqual([head?.status, head?.['content-length'], head?.body], [200, '5', ''])
  assert.equal((await get(path, { 'if-none-match': String(head?.etag) })).status, 304)
  assert.equal((await get(path, { range: 'bytes=0-1', 'if-range': String(head?.etag) })).status, 206)
  assert.equal((await get(path, { range: 'bytes=0-1', 'if-range': '"other"' })).status, 200)
})

test('an original is always saved, under its name made harmless', async () => {
  const shown = async (name: string) => {
    const answer = await get(it.core.links.save(`originals/${id}`, name))
    assert.equal(answer.status, 200)
    return [answer['content-type'], answer['content-disposition']]
  }
  assert.deepEqual(await shown('cut.mp4'), ['video/mp4', 'attachment; filename=cut.mp4'])
  assert.deepEqual(await shown('page.html'), ['application/octet-stream', 'attachment; filename=page.html'])
  for (const name of ['a.svg', 'a.xml', 'a.pdf', 'constructor', 'x.'])
    assert.equal((await shown(name))[0], 'application/octet-stream')
  assert.deepEqual(
    (await shown('../a"b\r\nx: y\u202egpj.mp4'))[1],
    'attachment; filename=".._a\\"bx: ygpj.mp4"',
  )
  assert.match(String((await shown(`ü${'é'.repeat(400)}.mp4`))[1]), /filename\*=UTF-8''%C3%BC/)
  assert.match(String((await shown(''))[1]), /^attachment; filename=/)
  const bare = it.core.links.save(`originals/${id}`, 'x').replace(/\?.*/, '')
  assert.match(String((await get(bare))['content-disposition']), /^attachment/)
  assert.match(
    String(
      (await get(it.core.links.save(`renditions/${id}/h264_720.mp4`, 'cut_720.mp4')))['content-disposition'],
    ),
    /cut_720\.mp4/,
  )
})

test('names beside a playlist resolve under its own grant; nothing else does', async () => {
  const playlist = new URL(it.core.links.show(`renditions/${id}/hls.m3u8`), base)
  const beside = (name: string) => get(new URL(name, playlist).pathname)
  assert.equal((await beside('hls.m3u8'))['content-type'], 'application/vnd.apple.mpegurl')
  assert.equal((await beside('h264_720.mp4')).status, 200)
  assert.equal((await beside('empty.json')).status, 200)
  assert.equal((await beside('absent.m4s')).status, 404)
  assert.equal((await beside(`${'long'.repeat(24)}.m4s`)).status, 404)
  assert.equal((await beside(`../../originals/${id}`)).status, 403)
  assert.equal((await beside(`..%2f..%2foriginals%2f${id}`)).status, 403)
  assert.equal((await beside('.hidden')).status, 403)
  assert.equal((await get(`/media/nonsense/originals/${id}`)).status, 403)
})
