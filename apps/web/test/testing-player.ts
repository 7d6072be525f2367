import { BARCODE_CELLS, BARCODE_STRIP, readFrameBarcode } from '@rushes/media/barcode'
import type { Page, WebSocketRoute } from 'playwright-core'

/** Waits for the player to have a frame on screen and no seek under way. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('[data-testid=frame][data-settled=true]')
  await page.waitForFunction(() => {
    const video = document.querySelector('video')
    return video !== null && video.readyState >= 2 && !video.seeking
  })
}

/** The frame number that the page shows. */
export async function shownFrame(page: Page): Promise<number> {
  return Number(await page.getAttribute('[data-testid=frame]', 'data-frame'))
}

/** The frame number that is burnt into the picture on screen; null when it can't be read. */
export async function pictureFrame(page: Page): Promise<number | null> {
  const cells = await page.evaluate(
    ({ count, strip }) => {
      const video = document.querySelector('video')
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d')
      if (!video || !context) return []
      canvas.width = video.videoWidth
      canvas.height = video.videoHeight
      context.drawImage(video, 0, 0)
      const y = Math.floor(canvas.height * (1 - strip / 2))
      const at = (cell: number) => Math.floor(((cell + 0.5) / count) * canvas.width)
      return Array.from(
        { length: count },
        (_, cell) => context.getImageData(at(cell), y, 1, 1).data[0] ?? 128,
      )
    },
    { count: BARCODE_CELLS, strip: BARCODE_STRIP },
  )
  return readFrameBarcode((x) => cells[Math.floor(x * BARCODE_CELLS)] ?? 128)
}

/** Drags over the picture, from and to given as shares of its width and height. */
export async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const box = await page.locator('.drawing').boundingBox()
  if (!box) throw new Error('there is no picture')
  const at = ([x, y]: [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at(to), { steps: 4 })
  await page.mouse.up()
}

/** Lets a test cut the page's socket, and keep it away until it is mended. Call it before the page connects. */
export async function cuttableSocket(page: Page): Promise<{ cut(): void; mend(): void }> {
  let away = false
  const lines: WebSocketRoute[] = []
  await page.routeWebSocket(/\/socket\/websocket/, (line) => {
    if (away) return void line.close()
    line.connectToServer()
    lines.push(line)
  })
  return {
    cut() {
      away = true
      for (const line of lines.splice(0)) void line.close()
    },
    mend() {
      away = false
    },
  }
}
