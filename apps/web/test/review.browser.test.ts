import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Person, Project } from './testing-person.ts'
import { cuttableSocket, drag, pictureFrame, settled, shownFrame } from './testing-player.ts'
import { openStand, type Stand } from './testing-stand.ts'

let stand: Stand
let ana: Person
let bruno: Person
let project: Project
let assetId: string

before(async () => {
  stand = await openStand()
  ana = await stand.signUp('Ana')
  project = await ana.createProject('Harbour Lights')
  await ana.call('POST', `/v2/projects/${project.id}/collaborators`, { email: 'bruno@example.com' })
  bruno = await stand.join('Bruno')
  assetId = await ana.upload(stand.clip, project.root_asset_id)
})
after(() => stand[Symbol.asyncDispose]())

const player = async (person: Person): Promise<Page> => {
  const page = await stand.open(person, `/assets/${assetId}`)
  await settled(page)
  return page
}

async function same(page: Page, frame: number, what: string): Promise<void> {
  await settled(page)
  assert.deepEqual([await shownFrame(page), await pictureFrame(page)], [frame, frame], what)
}

test('the frame number shown is the one in the picture, at every step', async () => {
  const page = await player(ana)
  const last = 118
  await same(page, 0, 'at the start')
  for (let frame = 1; frame <= 40; frame++) {
    await page.keyboard.press('ArrowRight')
    await same(page, frame, `step ${frame}`)
  }
  await page.keyboard.press(',')
  await same(page, 39, 'one back')
  for (let press = 0; press < 5; press++) await page.keyboard.press('Shift+ArrowRight')
  await same(page, 89, 'five presses faster than seeking')
  await page.keyboard.press('End')
  await same(page, last, 'the last frame')
  await page.keyboard.press('Shift+ArrowLeft')
  await same(page, last - 10, 'back from the end')
  await page.context().close()
})

test('pausing out of play and shuttle stops on the frame that is shown', async () => {
  const page = await player(ana)
  for (const keys of [['Space'], ['l', 'l'], ['End', 'j']]) {
    for (const key of keys) await page.keyboard.press(key)
    await page.waitForTimeout(400)
    await page.keyboard.press('k')
    await settled(page)
    assert.equal(await shownFrame(page), await pictureFrame(page), keys.join(' '))
  }
  await page.context().close()
})

test('timecodes are drop-frame from the source’s own start, and can be typed', async () => {
  const page = await player(ana)
  assert.match((await page.textContent('.timecode-now')) ?? '', /^00:59:58;00/)
  await page.click('.timecode-now')
  await page.keyboard.type('01:00:00;00')
  await page.keyboard.press('Enter')
  await same(page, 60, 'the first frame of the hour')
  await page.context().close()
})

test('a comment with a drawing on an exact frame reaches another browser within a second', async () => {
  const [author, viewer] = [await player(ana), await player(bruno)]
  await viewer.waitForSelector('.panel .empty')
  for (let press = 0; press < 4; press++) await author.keyboard.press('Shift+ArrowRight')
  await author.keyboard.press('ArrowRight')
  await same(author, 41, 'before drawing')
  await author.keyboard.press('d')
  await author.click('[aria-label=Rectangle]')
  await drag(author, [0.25, 0.1], [0.75, 0.4])
  await author.click('[aria-label=Arrow]')
  await drag(author, [0.2, 0.8], [0.4, 0.5])
  await author.keyboard.press('c')
  await author.keyboard.type('Mind the flare')
  const sent = performance.now()
  await author.keyboard.press('Enter')
  await viewer.waitForSelector('.thread:has-text("Mind the flare")')
  const took = performance.now() - sent
  assert.ok(took < 1000, `seen after ${Math.round(took)} ms`)

  await viewer.click('.thread:has-text("Mind the flare") .comment-text')
  await viewer.waitForSelector('.drawing[data-shapes="2"]')
  await same(viewer, 41, 'where the comment is')

  const [comment] = await bruno.call<{ timestamp: number; annotation: string }[]>(
    'GET',
    `/v2/assets/${assetId}/comments`,
  )
  const [rect, arrow] = JSON.parse(comment?.annotation ?? '[]') as Record<string, number | string>[]
  assert.equal(comment?.timestamp, 41)
  assert.deepEqual(Object.keys(rect ?? {}).sort(), ['color', 'h', 'size', 'tool', 'w', 'x', 'y'])
  assert.deepEqual([rect?.tool, rect?.color], ['rect', '#F22237'])
  for (const [key, value] of [
    ['x', 0.25],
    ['y', 0.1],
    ['w', 0.5],
    ['h', 0.3],
  ] as const)
    assert.ok(Math.abs(Number(rect?.[key]) - value) < 0.005, `${key} is ${rect?.[key]}`)
  assert.deepEqual([arrow?.tool, Number(arrow?.w) > 0, Number(arrow?.h) < 0], ['arrow', true, true])

  await viewer.keyboard.press('ArrowRight')
  await viewer.waitForSelector('.drawing[data-shapes="0"]')
  await author.context().close()
  await viewer.context().close()
})

test('what happens while the connection is away is there when it is back, without reloading', async () => {
  const page = await stand.open(null, '/')
  const line = await cuttableSocket(page)
  await stand.enter(page, bruno, `/assets/${assetId}`)
  await page.waitForSelector('.thread')
  line.cut()
  await page.waitForSelector('.offline')
  await ana.call('POST', `/v2/assets/${assetId}/comments`, { text: 'Written meanwhile', timestamp: 7 })
  line.mend()
  await page.waitForSelector('.thread:has-text("Written meanwhile")')
  await page.waitForSelector('.offline', { state: 'detached' })
  await page.context().close()
})

test('completing, replying and deleting show everywhere', async () => {
  const comment = await ana.call<{ id: string }>('POST', `/v2/assets/${assetId}/comments`, {
    text: 'Shorter, please',
    timestamp: 3,
  })
  const [one, other] = [await player(ana), await player(bruno)]
  const thread = `[data-comment="${comment.id}"]`
  await one.hover(thread)
  await one.click(`${thread} [aria-label=Reply]`)
  await one.keyboard.type('By two beats')
  await one.keyboard.press('Enter')
  await other.waitForSelector(`${thread} .replies:has-text("By two beats")`)
  await one.hover(thread)
  await one.click(`${thread} [aria-label=Complete]`)
  await other.waitForSelector(`${thread}.completed`)
  await ana.call('DELETE', `/v2/comments/${comment.id}`)
  await other.waitForSelector(thread, { state: 'detached' })
  await one.context().close()
  await other.context().close()
})
