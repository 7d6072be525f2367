import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findTools, makeDemoClip, rational } from '@rushes/media'
import { type Channel, Socket } from 'phoenix'
import { type TestUmbrella, testUmbrella } from './testing.ts'

let umbrella: TestUmbrella
let folder: string

before(async () => {
  umbrella = await testUmbrella()
  folder = await mkdtemp(join(tmpdir(), 'rushes-thread-'))
})
after(async () => {
  await rm(folder, { recursive: true, force: true })
  await umbrella[Symbol.asyncDispose]()
})

type Json = Record<string, never>

/** A person as a client program sees itself: a developer token against one origin. */
interface Person {
  token: string
  call<T = Json>(method: string, path: string, body?: object): Promise<T>
}

const json = { 'content-type': 'application/json', 'x-rushes-client': 'test' }
const password = 'correct horse battery'

async function signUp(name: string): Promise<Person & { email: string }> {
  const email = `${name.toLowerCase()}@example.com`
  return enter(email, '/session/sign_up', { name, email, password })
}

/** Comes in by the link that was mailed to the e-mail. */
async function joinByMail(name: string, email: string): Promise<Person & { email: string }> {
  await umbrella.settle()
  const inbox = (await (await fetch(`${umbrella.addresses.mail}/messages.json`)).json()) as {
    to: string
    text: string
  }[]
  const token = /\/join#(\S+)/.exec(inbox.find((mail) => mail.to === email)?.text ?? '')?.[1]
  return enter(email, '/session/invitation/accept', { token, name, password })
}

/** Signs in by one way or another, then makes a token, as the web client would. */
async function enter(email: string, path: string, body: object): Promise<Person & { email: string }> {
  const { web } = umbrella.addresses
  const entered = await fetch(web + path, { method: 'POST', headers: json, body: JSON.stringify(body) })
  assert.equal(entered.status, 200)
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const made = await fetch(`${web}/v2/developer_tokens`, {
    method: 'POST',
    headers: { ...json, cookie },
    body: JSON.stringify({ description: 'thread', scopes: SCOPES }),
  })
  const { token } = (await made.json()) as { token: string }
  return { email, token, call: caller(token) }
}

const SCOPES = [
  'account.read',
  'team.read',
  'project.create',
  'project.read',
  'project.update',
  'asset.read',
  'asset.create',
  'asset.update',
  'comment.read',
  'comment.create',
  'auditlog.read',
  'webhook.create',
]

function caller(token: string): Person['call'] {
  return async <T>(method: string, path: string, body?: object) => {
    const answer = await fetch(umbrella.addresses.web + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    assert.equal(answer.status, 200, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
}

/** Joins a project's topic with an unmodified phoenix client and keeps what it is told. */
async function follow(
  token: string,
  projectId: string,
): Promise<{ heard: { event: string; data: Record<string, unknown>; at: number }[] } & Disposable> {
  const heard: { event: string; data: Record<string, unknown>; at: number }[] = []
  const socket = new Socket(`${umbrella.addresses.web?.replace('http', 'ws')}/socket`, {
    transport: WebSocket,
  })
  socket.connect()
  const channel: Channel = socket.channel(`projects:${projectId}`, { user_token: token })
  channel.onMessage = (event, payload) => {
    if (!event.startsWith('phx_') && !event.startsWith('chan_'))
      heard.push({ event, data: payload?.data ?? {}, at: performance.now() })
    return payload
  }
  await new Promise((resolve, reject) => channel.join().receive('ok', resolve).receive('error', reject))
  return { heard, [Symbol.dispose]: () => socket.disconnect() }
}

async function openSink() {
  const got: { type: string; resource: { id: string } }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    got.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, got, [Symbol.dispose]: () => void server.close() }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + 60_000
  while (!holds()) {
    assert.ok(performance.now() < end, what)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a real video goes all the way through', async () => {
  const ana = await signUp('Ana')
  const me = await ana.call<{ account_id: string }>('GET', '/v2/me')
  const [team] = await ana.call<{ id: string }[]>('GET', `/v2/accounts/${me.account_id}/teams`)
  const scoped = await ana.call<{ id: string; root_asset_id: string }[]>(
    'GET',
    `/v2/teams/${team?.id}/projects`,
  )
  assert.deepEqual(scoped, [], 'a new team has no project yet')
  const project = await ana.call<{ id: string; root_asset_id: string }>(
    'POST',
    `/v2/teams/${team?.id}/projects`,
    { name: 'Harbour Lights' },
  )
  await ana.call('POST', `/v2/projects/${project.id}/collaborators`, { email: 'bruno@example.com' })
  const bruno = await joinByMail('Bruno', 'bruno@example.com')
  using sink = await openSink()
  await ana.call('POST', `/v2/teams/${team?.id}/hooks`, {
    name: 'sink',
    url: sink.url,
    events: ['asset.ready', 'comment.created'],
  })
  using bruna = await follow(bruno.token, project.id)

  const { bytes, asset } = await upload(ana, project.root_asset_id)
  await until('asset.ready', () =>
    bruna.heard.some(({ event, data }) => event === 'asset.ready' && data.asset_id === asset.id),
  )
  await umbrella.settle()
  const ready = await ana.call<Ready>('GET', `/v2/assets/${asset.id}`)
  assert.equal(ready.status, 'transcoded')
  assert.deepEqual([ready.rushes.fps_num, ready.rushes.fps_den, ready.rushes.drop_frame], [30000, 1001, true])
  assert.deepEqual([ready.frames, ready.timecode], [89, '01:00:00;00'])
  assert.equal(ready.rushes.sha256, createHash('sha256').update(bytes).digest('hex'))
  assert.equal(ready.h264_540, null, 'never above the source')
  await playable(ready, bytes)

  const annotation = '[{"tool":"rect","color":"#F22237","size":8,"x":0.25,"y":0.1,"w":0.5,"h":0.3}]'
  const sent = performance.now()
  const comment = await ana.call<{ id: string }>('POST', `/v2/assets/${asset.id}/comments`, {
    text: 'Here',
    timestamp: 42,
    annotation,
  })
  await until('comment.created', () => bruna.heard.some(({ data }) => data.comment_id === comment.id))
  const heardAt =
    bruna.heard.find(({ data }) => data.comment_id === comment.id)?.at ?? Number.POSITIVE_INFINITY
  assert.ok(heardAt - sent < 1000, `heard after ${heardAt - sent} ms`)
  const [seen] = await bruno.call<{ id: string; annotation: string; frame: number }[]>(
    'GET',
    `/v2/assets/${asset.id}/comments`,
  )
  assert.deepEqual([seen?.id, seen?.annotation, seen?.frame], [comment.id, annotation, 42])

  await umbrella.settle()
  assert.deepEqual(
    sink.got.map(({ type, resource }) => [type, resource.id]),
    [
      ['asset.ready', asset.id],
      ['comment.created', comment.id],
    ],
  )
  const inbox = await bruno.call<{ comment_id: string | null; text: string }[]>('GET', '/v2/notifications')
  assert.ok(
    inbox.some((notice) => notice.comment_id === comment.id && notice.text === 'Ana commented on cut.mp4'),
  )
  const own = await ana.call<{ comment_id: string | null }[]>('GET', '/v2/notifications')
  assert.ok(!own.some((notice) => notice.comment_id === comment.id), 'nobody is told of their own comment')
  const audits = await ana.call<{ action: string; item_id: string }[]>(
    'GET',
    `/v2/accounts/${me.account_id}/audit_logs?filter[item_id]=${asset.id}`,
  )
  assert.deepEqual(
    audits.map((audit) => audit.action),
    ['AssetReady', 'AssetUploaded', 'AssetCreated'],
  )
})

interface Ready {
  status: string
  frames: number
  timecode: string
  h264_540: string | null
  h264_360: string
  hls_manifest: string
  original: string
  checksums: { xx_hash: string }
  rushes: { fps_num: number; fps_den: number; drop_frame: boolean; sha256: string }
}

/** Uploads a drop-frame clip as V2 clients do: parts in reverse order and at once, one of them twice. */
async function upload(ana: Person, rootId: string): Promise<{ bytes: Buffer; asset: { id: string } }> {
  const outFile = join(folder, 'cut.mp4')
  const tools = await findTools({})
  await makeDemoClip({
    kind: 'ocean',
    seconds: 3,
    size: { width: 640, height: 360 },
    fps: rational(30000, 1001),
    startTimecode: '01:00:00;00',
    outFile,
    tools,
  })
  const bytes = await readFile(outFile)
  const asset = await ana.call<{ id: string; upload_urls: string[] }>(
    'POST',
    `/v2/assets/${rootId}/children`,
    {
      type: 'file',
      name: 'cut.mp4',
      filesize: bytes.length,
    },
  )
  const size = Math.ceil(bytes.length / asset.upload_urls.length)
  const put = async (index: number) => {
    const body = bytes.subarray(index * size, (index + 1) * size)
    const answer = await fetch(asset.upload_urls[index] ?? '', {
      method: 'PUT',
      body,
      headers: { 'content-type': 'video/mp4', 'x-amz-acl': 'private' },
    })
    assert.equal(answer.status, 200)
  }
  await Promise.all(asset.upload_urls.map((_, index) => put(asset.upload_urls.length - 1 - index)))
  return { bytes, asset }
}

/** The addresses in an asset open by themselves: playlist, a range of the proxy, and the original's very bytes. */
async function playable(ready: Ready, bytes: Buffer): Promise<void> {
  const master = await (await fetch(ready.hls_manifest)).text()
  const variant = master.split('\n').find((line) => line.endsWith('.m3u8')) ?? ''
  const playlist = await (await fetch(new URL(variant, ready.hls_manifest))).text()
  assert.match(playlist, /#EXT-X-MAP/)
  const range = await fetch(ready.h264_360, { headers: { range: 'bytes=4-7' } })
  assert.deepEqual([range.status, await range.text()], [206, 'ftyp'])
  const original = Buffer.from(await (await fetch(ready.original)).arrayBuffer())
  assert.ok(original.equals(bytes))
}
