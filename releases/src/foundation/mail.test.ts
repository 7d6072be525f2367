import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readInbox } from '@rushes/email'
import { readConfig } from '../config/config.ts'
import { openMail } from './mail.ts'

const line = { text: 'Bo commented on <cut>.mov', asset_id: 'a1', comment_id: 'c1', at: '2026-01-01' }

test('what Core tells becomes mails that lead to where it happened, without more addresses than the one', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'rushes-mail-'))
  await using mail = openMail(readConfig({ RUSHES_PUBLIC_URL: 'https://r.example' }), folder.path)
  const user = { id: 'u1', email: 'ana@example.com', name: 'Ana, "x" <evil@example.com>' }
  const project = { id: 'p1', name: 'Harbour' }
  await mail.digest({ user, project, lines: [] })
  await mail.digest({
    user,
    project,
    lines: [
      { ...line, id: '1' },
      { ...line, id: '2', asset_id: null },
    ],
  })
  const url = 'https://r.example/join#rsm-1'
  await mail.invitation({
    id: 'i1',
    email: 'bo@example.com',
    inviter: null,
    place: 'Harbour',
    note: null,
    url,
  })
  await mail.passwordReset({ id: 'r1', email: user.email, name: user.name, url })
  const inbox = await readInbox(folder.path)
  const subjects = Object.fromEntries(inbox.map(({ subject, to }) => [subject, to]))
  assert.deepEqual(subjects, {
    'Bo commented on <cut>.mov, 2 times': 'ana@example.com',
    'Rushes invited you to Harbour': 'bo@example.com',
    'Choose a new password': 'ana@example.com',
  })
  const digest = inbox.find(({ subject }) => subject.startsWith('Bo'))
  assert.match(digest?.text ?? '', /https:\/\/r\.example\/assets\/a1\?comment=c1\n.*\/projects\/p1/)
  assert.match(digest?.html ?? '', /&lt;cut&gt;\.mov/)
  await assert.rejects(mail.passwordReset({ id: 'r2', email: 'a@v.example, b@v.example', name: 'A', url }), {
    code: 'bad_address',
  })
})
