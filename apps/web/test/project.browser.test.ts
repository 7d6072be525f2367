import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Person, Project } from './testing-person.ts'
import { settled } from './testing-player.ts'
import { openStand, type Stand } from './testing-stand.ts'

let stand: Stand
let ana: Person
let project: Project

before(async () => {
  stand = await openStand()
  ana = await stand.signUp('Ana')
  project = await ana.createProject('Harbour Lights')
})
after(() => stand[Symbol.asyncDispose]())

test('a file chosen in the page is uploaded, transcoded and plays, without reloading', async () => {
  const page = await stand.open(ana, '/')
  await page.click('.project-card')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.click('button:has-text("Choose files")'),
  ])
  await chooser.setFiles(stand.clip)
  await page.waitForSelector('.tray-row[data-state=done]')
  await page.waitForSelector('.card img')
  const children = await ana.call<{ rushes: { sha256: string } }[]>(
    'GET',
    `/v2/assets/${project.root_asset_id}/children`,
  )
  const sha256 = createHash('sha256')
    .update(await readFile(stand.clip))
    .digest('hex')
  assert.equal(children[0]?.rushes.sha256, sha256)
  await page.click('.card .card-link')
  await settled(page)
  await page.context().close()
})

test('an upload that was broken off goes on with the parts that are missing', async () => {
  const page = await stand.open(ana, `/projects/${project.id}`)
  await page.waitForSelector('.card')
  await page.route('**/upload/**', (route) => route.fulfill({ status: 403, body: '' }), { times: 1 })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.click('button:has-text("Upload")'),
  ])
  const file = join(stand.folder, 'second.bin')
  await writeFile(file, Buffer.alloc(27_000_000, 7))
  await chooser.setFiles(file)
  await page.waitForSelector('.tray-row[data-state=failed]')
  await page.click('[aria-label="Try again"]')
  await page.waitForSelector('.tray-row[data-state=done]')
  const children = await ana.call<{ name: string; upload_completed_at: string | null }[]>(
    'GET',
    `/v2/assets/${project.root_asset_id}/children`,
  )
  const uploaded = children.filter(({ name }) => name === 'second.bin')
  assert.equal(uploaded.length, 1, 'the retry went on with the same asset')
  assert.ok(uploaded[0]?.upload_completed_at)
  await page.context().close()
})

test('a review link made in the page lets a guest in, to that and nothing else', async () => {
  const assetId = await ana.upload(stand.clip, project.root_asset_id)
  const page = await stand.open(ana, `/assets/${assetId}`)
  await settled(page)
  await page.click('button:has-text("Share")')
  await page.fill('[name=password]', 'harbour')
  await page.click('button:has-text("Create link")')
  const link = new URL((await page.textContent('.secret code')) ?? '')
  await page.keyboard.press('Escape')

  const guest = await stand.open(null, link.pathname)
  await guest.fill('[name=name]', 'Carla Client')
  await guest.fill('[name=password]', 'wrong')
  await guest.click('button[type=submit]')
  await guest.waitForSelector('[role=alert]')
  await guest.fill('[name=password]', 'harbour')
  await guest.click('button[type=submit]')
  await settled(guest)
  await guest.keyboard.press('Shift+ArrowRight')
  await guest.keyboard.press('c')
  await guest.keyboard.type('We love this bit')
  await guest.keyboard.press('Enter')
  await page.waitForSelector('.thread:has-text("We love this bit") .tag:has-text("Guest")')

  const status = (path: string) =>
    guest.evaluate(async (url) => (await fetch(url, { headers: { 'x-rushes-review': '1' } })).status, path)
  assert.equal(await status(`/v2/assets/${assetId}`), 200)
  const others = await ana.call<{ id: string }[]>('GET', `/v2/assets/${project.root_asset_id}/children`)
  for (const { id } of others.filter((other) => other.id !== assetId))
    assert.equal(await status(`/v2/assets/${id}`), 404)
  await guest.reload()
  await guest.waitForSelector('.thread')
  assert.equal(await guest.locator('[aria-label=Complete]').count(), 0)
  await guest.context().close()
  await page.context().close()
})

test('a form sent twice goes out once, and a refusal is said in the dialog', async () => {
  const page = await stand.open(ana, '/tokens')
  await page.click('button:has-text("New token")')
  await page.fill('.dialog [name=description]', 'Refused')
  const tokens = '**/v2/developer_tokens'
  const refusal = { status: 422, contentType: 'application/json', body: '{"message":"Not today"}' }
  await page.route(tokens, (route) => route.fulfill(refusal))
  await page.click('button:has-text("Create token")')
  await page.waitForSelector('.dialog [role=alert]')
  await page.unroute(tokens)

  let sent = 0
  const held = Promise.withResolvers<void>()
  await page.route(tokens, async (route) => {
    if (route.request().method() === 'POST') sent++
    await held.promise
    await route.continue()
  })
  await page.press('.dialog [name=description]', 'Enter')
  await page.press('.dialog [name=description]', 'Enter')
  held.resolve()
  await page.waitForSelector('.secret code')
  assert.equal(sent, 1)
  await page.click('button:has-text("Done")')
  await page.click('.row button:has-text("Revoke")')
  await page.click('button:has-text("for good")')
  await page.waitForSelector('.empty')
  await page.context().close()
})

test('a wrong password says so, and signing out closes the page', async () => {
  const page = await stand.open(null, '/')
  await stand.enter(page, { email: 'nobody@example.com' }, '/inbox')
  await page.waitForSelector('[role=alert]')
  await page.fill('[name=email]', ana.email)
  await page.click('button[type=submit]')
  await page.waitForSelector('.shell h1')
  await page.click('[aria-haspopup=menu]')
  await page.click('text=Sign out')
  await page.waitForSelector('.sign-in')
  await page.context().close()
})

test('a developer token is shown once, works, and is gone when revoked', async () => {
  const page = await stand.open(ana, '/tokens')
  await page.click('button:has-text("New token")')
  await page.fill('.dialog [name=description]', 'Ingest')
  await page.click('button:has-text("Create token")')
  const token = (await page.textContent('.secret code')) ?? ''
  const me = () => fetch(`${stand.web}/v2/me`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await me()).status, 200)
  await page.click('button:has-text("Done")')
  await page.click('.row button:has-text("Revoke")')
  await page.click('button:has-text("for good")')
  await page.waitForSelector('.empty')
  assert.equal((await me()).status, 401)
  await page.context().close()
})
