import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DigestItem, digest } from './digest.ts'
import { invitation } from './invitation.ts'
import { passwordReset } from './password-reset.ts'

const item = (item: Partial<DigestItem>): DigestItem => ({
  sentence: 'Ana commented on cut_v3.mov',
  url: 'https://r.example/a/1',
  ...item,
})

const make = (...items: [DigestItem, ...DigestItem[]]) =>
  digest({
    project: 'Señal',
    projectUrl: 'https://r.example/p',
    unsubscribeUrl: 'https://r.example/u',
    items,
  })

test('the same act is told once, and the only headline is the subject', () => {
  assert.equal(make(item({})).subject, 'Ana commented on cut_v3.mov')
  assert.equal(make(item({}), item({})).subject, 'Ana commented on cut_v3.mov, 2 times')
})

test('several acts are counted in the subject and told in the text part, in order', () => {
  const { subject, text } = make(item({ quote: 'a' }), item({ sentence: 'Bo uploaded b.mov' }), item({}))
  assert.equal(subject, '3 updates in Señal')
  assert.ok(text.indexOf('Ana commented on cut_v3.mov, 2 times') < text.indexOf('Bo uploaded b.mov'))
  assert.match(text, /Unsubscribe: https:\/\/r\.example\/u$/)
})

test('a digest without a way to unsubscribe names none', () => {
  const { text, html } = digest({ project: 'P', projectUrl: 'https://r.example/p', items: [item({})] })
  assert.ok(!`${text}${html}`.includes('Unsubscribe'))
})

test('an invitation with and without a note', () => {
  const bare = invitation({ inviter: 'Ana', place: 'Señal', url: 'https://r.example/i/1' })
  assert.match(bare.text, /^Ana invited you to Señal\.\n\nAccept: https:\/\/r\.example\/i\/1\n\n/)
  const { text, html } = invitation({
    inviter: 'Ana',
    place: 'P',
    url: 'https://r.example/',
    note: 'Hi &\nbye',
  })
  assert.match(text, /Hi &\nbye/)
  assert.match(html, /Hi &amp;\nbye/)
})

test('a reset says for how long, and keeps the token in the fragment', () => {
  const { text, html } = passwordReset({ name: '<Ana>', url: 'https://r.example/reset#rsm-1' })
  assert.match(text, /for one hour\.\n\nhttps:\/\/r\.example\/reset#rsm-1\n\n/)
  assert.match(html, /Hello &lt;Ana&gt;,/)
})

test('long and unprintable text is cut and cleaned', () => {
  const { subject } = invitation({
    inviter: `A\u202e\u0007${'n'.repeat(200)}`,
    place: 'P',
    url: 'https://r.example/',
  })
  assert.match(subject, /^A n{77}… invited you to P$/)
})
