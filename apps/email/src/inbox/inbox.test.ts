import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createMailer, inboxServer, invitation, type Mail, readInbox } from '../index.ts'

const mail = (id: string, place: string): Mail => ({
  id,
  to: { address: 'bo@example.com' },
  content: invitation({ inviter: 'Ana', place, url: 'https://r.example/i/1' }),
})

test('mail without a server lies in the inbox and the page shows it', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'rushes-inbox-'))
  const inbox = join(folder.path, 'mail')
  await using post = createMailer({
    from: { address: 'rushes@localhost' },
    host: 'localhost',
    transport: { kind: 'inbox', folder: inbox },
  })
  await using server = await inboxServer({ folder: inbox })
  const page = async (path: string) => {
    const response = await fetch(new URL(path, server.url))
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  assert.match((await page('/')).text, /No mail yet/)
  await post.send(mail('1', 'Señal'))
  await post.send(mail('1', 'Señal'))
  await post.send(mail('2', '<script>alert(1)</script>'))
  const [newest, oldest, ...more] = await readInbox(inbox)
  assert.deepEqual([oldest?.subject, more], ['Ana invited you to Señal', []])
  assert.equal(Object.fromEntries(oldest?.headers ?? []).To, 'bo@example.com')

  const list = await page('/')
  assert.match(list.text, /Ana invited you to Señal/)
  assert.ok(!list.text.includes('<script>'))
  const shown = await page(`/${newest?.id}`)
  assert.match(shown.text, /<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="/)
  assert.ok(!shown.text.includes('<script'))
  assert.match(shown.text, /Auto-Submitted/)
  assert.match(shown.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
  assert.equal(JSON.parse((await page('/messages.json')).text).length, 2)
  assert.equal((await page('/../../etc/passwd')).status, 404)
})
