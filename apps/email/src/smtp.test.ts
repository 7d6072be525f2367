import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { createMailer, digest, type EmailError, invitation, type Mail } from './index.ts'

async function smtpSink(options: SMTPServerOptions = {}) {
  const received: { mail: ParsedMail; raw: string; recipients: string[] }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, done) {
      const raw = Buffer.concat(await stream.toArray()).toString()
      received.push({
        mail: await simpleParser(raw),
        raw,
        recipients: session.envelope.rcptTo.map(({ address }) => address),
      })
      done()
    },
    ...options,
  })
  server.on('error', () => {})
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.server.address() as AddressInfo
  const closed = Promise.withResolvers<void>()
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]() {
      server.close(() => closed.resolve())
      return closed.promise
    },
  }
}

function mailer(url: string) {
  return createMailer({
    from: { name: 'Rushes', address: 'rushes@example.com' },
    host: 'rushes.example.com',
    transport: { kind: 'smtp', url },
  })
}

const item = { sentence: 'Ana commented on cut_v3.mov', url: 'https://r.example/a/1' }
const mail: Mail = {
  id: 'digest:7',
  to: { name: 'Bo Björk', address: 'bo@example.com' },
  thread: 'asset:1',
  list: { id: 'P1_x', name: 'Señal', unsubscribeUrl: 'https://r.example/unsubscribe/tok' },
  content: digest({
    project: 'Señal',
    projectUrl: 'https://r.example/p/1',
    unsubscribeUrl: 'https://r.example/unsubscribe/tok',
    items: [
      { ...item, quote: 'Too <b>dark</b>\nhere', timecode: '00:00:01:02' },
      { ...item, quote: 'And here' },
      { ...item },
    ],
  }),
}

test('a digest arrives with both parts and the headers that mailboxes ask for', async () => {
  await using sink = await smtpSink()
  await using post = mailer(sink.url)
  await post.send(mail)
  const [{ mail: got, raw, recipients } = assert.fail()] = sink.received
  assert.deepEqual(recipients, ['bo@example.com'])
  assert.equal(got.subject, 'Ana commented on cut_v3.mov, 3 times')
  assert.match(got.text ?? '', /00:00:01:02 {2}Too <b>dark<\/b>\nhere/)
  assert.match(String(got.html), /Too &lt;b&gt;dark&lt;\/b&gt;/)
  assert.match(String(got.html), /prefers-color-scheme: dark/)
  assert.match(raw, /^List-Unsubscribe: <https:\/\/r\.example\/unsubscribe\/tok>\r$/m)
  assert.match(raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  assert.match(raw, /^List-ID: .*<p1-x\.rushes\.example\.com>\r$/im)
  assert.match(raw, /^Auto-Submitted: auto-generated\r$/m)
})

test('the same mail has the same Message-ID, and mails of one thread refer to one root', async () => {
  await using sink = await smtpSink()
  await using post = mailer(sink.url)
  for (const id of ['digest:7', 'digest:7', 'digest:8']) await post.send({ ...mail, id })
  const [a, b, c] = sink.received.map(({ mail: got }) => got)
  assert.equal(a?.messageId, b?.messageId)
  assert.notEqual(a?.messageId, c?.messageId)
  assert.match(a?.messageId ?? '', /^<[0-9a-f]{40}@rushes\.example\.com>$/)
  assert.equal(a?.references, c?.references)
  assert.equal(a?.inReplyTo, a?.references)
})

const evil = 'x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>'
const headerNames = (raw: string) =>
  raw
    .split('\r\n\r\n')[0]
    ?.match(/^[\w-]+(?=:)/gm)
    ?.sort()

test('AB86 no text of a person becomes a header, a recipient or markup', async () => {
  await using sink = await smtpSink()
  await using post = mailer(sink.url)
  const hostile: Mail = {
    id: evil,
    thread: evil,
    to: { name: evil, address: 'bo@example.com' },
    list: { id: evil, name: evil, unsubscribeUrl: `https://r.example/${evil}` },
    content: digest({
      project: evil,
      projectUrl: `https://r.example/${evil}`,
      unsubscribeUrl: `https://r.example/${evil}`,
      items: [{ sentence: evil, quote: evil, url: `https://r.example/"${evil}` }],
    }),
  }
  await post.send(mail)
  await post.send(hostile)
  await post.send({
    ...hostile,
    content: invitation({ inviter: evil, place: evil, note: evil, url: 'https://r.example' }),
  })
  const [usual, ...made] = sink.received
  for (const { mail: got, raw, recipients } of made) {
    assert.deepEqual(recipients, ['bo@example.com'])
    assert.deepEqual(headerNames(raw), headerNames(usual?.raw ?? ''))
    assert.equal(got.bcc, undefined)
    assert.ok(!String(got.html).includes('<script>'))
  }
})

test('AB86 what is not one plain address is refused before the server hears of it', async () => {
  await using sink = await smtpSink()
  await using post = mailer(sink.url)
  for (const address of [
    'a@x.com, b@x.com',
    'a@x.com\r\nRCPT TO:<b@x.com>',
    'a@x.com>',
    '"a b"@x.com',
    'a',
    'a@b@c',
    `${'a'.repeat(65)}@x.com`,
    'a\0@x.com',
    'group:a@x.com;',
  ])
    await assert.rejects(post.send({ ...mail, to: { address } }), { code: 'bad_address' }, address)
  assert.equal(sink.received.length, 0)
})

test('links other than http and https are not made', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '/relative'])
    assert.throws(() => invitation({ inviter: 'Ana', place: 'P', url }), { code: 'bad_link' })
})

test('a refusal for good is told from one for now', async () => {
  const refuse = (responseCode: number) =>
    smtpSink({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
    })
  await using full = await refuse(452)
  await using unknown = await refuse(550)
  await using toFull = mailer(full.url)
  await using toUnknown = mailer(unknown.url)
  await assert.rejects(toFull.send(mail), { code: 'unavailable', retryable: true })
  await assert.rejects(toUnknown.send(mail), { code: 'rejected', retryable: false })
  await using nobody = mailer('smtp://127.0.0.1:1')
  await assert.rejects(nobody.send(mail), (error: EmailError) => error.code === 'unavailable')
})

test('a server that is not who it says gets no mail', async () => {
  await using sink = await smtpSink({ secure: true })
  await using post = mailer(sink.url.replace('smtp:', 'smtps:'))
  await assert.rejects(post.send(mail), { code: 'unavailable' })
  assert.equal(sink.received.length, 0)
})
