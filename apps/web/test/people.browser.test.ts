import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Person, Project } from './testing-person.ts'
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

/** Follows a mailed link in a new window. */
async function follow(link: string): Promise<Page> {
  const { pathname, hash } = new URL(link)
  return stand.open(null, pathname + hash)
}

test('somebody invited in the page comes in by the mail, and is seen at once', async () => {
  const page = await stand.open(ana, `/projects/${project.id}`)
  await page.click('button:has-text("People")')
  await page.keyboard.type('dora@example.com')
  await page.fill('[name=message]', 'The second cut is up')
  await page.keyboard.press('Tab')
  await page.click('.invite button[type=submit]')
  await page.waitForSelector('.person:has-text("Invited")')

  const link = await stand.mailed('dora@example.com')
  const dora = await follow(link)
  await dora.waitForSelector('h1:has-text("Join Harbour Lights")')
  await dora.fill('[name=name]', 'Dora')
  await dora.fill('[name=password]', 'correct horse battery')
  await dora.keyboard.press('Enter')
  await dora.waitForSelector('.page-head:has-text("Harbour Lights")')
  await page.waitForSelector('.person:has-text("Dora") .avatar')
  assert.equal(new URL(dora.url()).hash, '', 'the token leaves the address')
  await dora.click('nav >> text=Projects')
  await dora.waitForSelector('.project-card:has-text("Harbour Lights")')

  await page.click('[aria-label="Remove Dora"]')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.people-none')
  await page.keyboard.press('Escape')
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'People')

  const again = await follow(link)
  await again.waitForSelector('h1:has-text("not valid any more")')
  for (const window of [page, dora, again]) await window.context().close()
})

test('a forgotten password is chosen anew by mail', async () => {
  const page = await stand.open(null, '/')
  await page.click('text=Forgot your password?')
  await page.fill('[name=email]', ana.email)
  await page.keyboard.press('Enter')
  await page.waitForSelector('[role=status]:has-text("on its way")')
  const reset = await follow(await stand.mailed(ana.email))
  await reset.fill('[name=password]', 'a wholly new password')
  await reset.keyboard.press('Enter')
  await reset.waitForSelector('.shell h1')
  for (const window of [page, reset]) await window.context().close()
})

test('a new account is made from the sign-in page', async () => {
  const page = await stand.open(null, '/')
  await page.click('text=Create an account')
  await page.fill('[name=name]', 'Emil')
  await page.fill('[name=email]', ana.email)
  await page.fill('[name=password]', 'correct horse battery')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[role=alert]:has-text("Sign in instead")')
  await page.fill('[name=email]', 'emil@example.com')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.shell h1')
  await page.context().close()
})

test('a manager is invited to the team, and a second thought takes the invitation back', async () => {
  const fay = await stand.signUp('Fay')
  const page = await stand.open(fay, '/')
  await page.click('button:has-text("People")')
  await page.waitForSelector('.person:has-text("fay@example.com"):has-text("Manager")')
  await page.fill('.invite [name=email]', 'gil@example.com')
  await page.selectOption('[name=role]', 'team_manager')
  await page.click('.invite button[type=submit]')
  await page.waitForSelector('.person:has-text("Invited, not here yet · Manager")')
  const link = await stand.mailed('gil@example.com')
  await page.click('[aria-label="Remove Fay"]')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.toast.bad:has-text("at least one manager")')
  await page.click('[aria-label="Remove gil@example.com"]')
  await page.click('button:has-text("Withdraw")')
  await page.waitForSelector('.person:has-text("Invited")', { state: 'detached' })
  const gil = await follow(link)
  await gil.waitForSelector('h1:has-text("not valid any more")')
  for (const window of [page, gil]) await window.context().close()
})

test('a changed password ends the other browsers', async () => {
  const hal = await stand.signUp('Hal')
  const [here, there] = [await stand.open(hal, '/'), await stand.open(hal, '/inbox')]
  await here.click('[aria-haspopup=menu]')
  await here.click('[role=menuitem]:has-text("Password")')
  await here.fill('[name=current]', 'not this one')
  await here.fill('[name=password]', 'a wholly new password')
  await here.keyboard.press('Enter')
  await here.waitForSelector('[role=alert]:has-text("not your password")')
  await here.fill('[name=current]', 'correct horse battery')
  await here.keyboard.press('Enter')
  await here.waitForSelector('.toast.good')
  await there.reload()
  await there.waitForSelector('.sign-in')
  await here.reload()
  await here.waitForSelector('.shell h1')
  for (const window of [here, there]) await window.context().close()
})

test('an invitation is for its e-mail: others sign out, its owner signs in and is there', async () => {
  const jo = await stand.signUp('Jo')
  const shift = await jo.createProject('Night Shift')
  await jo.call('POST', `/v2/projects/${shift.id}/collaborators`, { email: 'ivy@example.com' })
  const { pathname, hash } = new URL(await stand.mailed('ivy@example.com'))
  await stand.signUp('Ivy')
  const page = await stand.open(jo, '/')
  await page.waitForSelector('.shell h1')
  await page.goto(stand.web + pathname + hash)
  await page.waitForSelector('[role=alert]:has-text("jo@example.com")')
  await page.click('button:has-text("Sign out and go on")')
  await page.fill('[name=password]', 'wrong')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.problem')
  await page.fill('[name=password]', 'correct horse battery')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.page-head:has-text("Night Shift")')
  await page.context().close()
})
