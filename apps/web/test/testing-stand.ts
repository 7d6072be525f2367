import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTools, makeDemoClip, rational } from '@rushes/media'
import { type TestUmbrella, testUmbrella } from '@rushes/releases/testing'
import { type Browser, chromium, type Page } from 'playwright-core'
import { acceptInvitation, type Person, signUp } from './testing-person.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const PASSWORD = 'correct horse battery'

/** A whole Rushes with a browser in front of it. */
export interface Stand extends AsyncDisposable {
  web: string
  /** A 29.97 drop-frame clip of 120 frames whose pixels carry the frame number. */
  clip: string
  folder: string
  signUp(name: string): Promise<Person>
  /** Where the newest mail to somebody leads, once everything is done. */
  mailed(to: string): Promise<string>
  /** Takes up the invitation that was mailed to somebody new. */
  join(name: string): Promise<Person>
  /** A window of its own, signed in as `person`, or as nobody. */
  open(person: Person | null, path: string): Promise<Page>
  /** Goes to a page and signs in there. */
  enter(page: Page, person: Pick<Person, 'email'>, path: string): Promise<void>
}

export async function openStand(): Promise<Stand> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-web-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const umbrella = stack.use(await testUmbrella())
  const browser = await launch()
  stack.defer(() => browser.close())
  const web = umbrella.addresses.web ?? ''
  const clip = await makeClip(folder)
  const owned = stack.move()
  return {
    web,
    clip,
    folder,
    signUp: (name) => signUp(web, name, PASSWORD),
    mailed: (to) => mailed(umbrella, to),
    async join(name) {
      const email = `${name.toLowerCase()}@example.com`
      return acceptInvitation(web, await mailed(umbrella, email), { name, email, password: PASSWORD })
    },
    open: (person, path) => openPage(browser, web, person, path),
    enter: (page, person, path) => enter(page, web, person, path),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function makeClip(folder: string): Promise<string> {
  const outFile = join(folder, 'take_12.mp4')
  const size = { width: 640, height: 360 }
  const fps = rational(30_000, 1001)
  await makeDemoClip({
    kind: 'ocean',
    seconds: 4,
    size,
    fps,
    startTimecode: '00:59:58;00',
    outFile,
    tools: await findTools(),
  })
  return outFile
}

async function mailed(umbrella: TestUmbrella, to: string): Promise<string> {
  await umbrella.settle()
  const inbox = await (await fetch(`${umbrella.addresses.mail}/messages.json`)).json()
  const mail = (inbox as { to: string; text: string }[]).find((one) => one.to === to)
  return /https?:\S+/.exec(mail?.text ?? '')?.[0] ?? ''
}

function launch(): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path))
  if (!executablePath) throw new Error('no Chromium found; `npm test` installs it')
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
  ]
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--autoplay-policy=no-user-gesture-required',
    ...quiet,
  ]
  return chromium.launch({ executablePath, args })
}

async function openPage(browser: Browser, web: string, person: Person | null, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  if (person) await enter(page, web, person, path)
  else await page.goto(web + path)
  return page
}

async function enter(page: Page, web: string, person: Pick<Person, 'email'>, path: string): Promise<void> {
  await page.goto(web + path)
  await page.fill('[name=email]', person.email)
  await page.fill('[name=password]', PASSWORD)
  await page.click('button[type=submit]')
}
