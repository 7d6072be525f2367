import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Umbrella } from '../umbrella.ts'
import { seedDemo } from './seed.ts'

const User = z.object({
  name: z.string(),
  email: z.string(),
  password: z.string(),
  role: z.string(),
  token: z.string(),
})
const Demo = z.object({ users: z.array(User), review_code: z.string(), project_id: z.string() })

/** `demo.json` in the data folder: where everything answers, and who can sign in. */
export interface DemoFile extends z.infer<typeof Demo> {
  web: string
  api: string
  support: string
  munger: string
  mail: string
  review_link: string
}

/**
 * Seeds the demo into an empty installation, or finishes what a killed run began, and writes `demo.json` with the addresses of
 * this start. Undefined for an installation that somebody uses without the demo, and where there is no ffmpeg to make clips.
 */
export async function provideDemo(umbrella: Umbrella): Promise<DemoFile | undefined> {
  const { core, data, addresses } = umbrella
  const kept = await readJson(data.demo)
  const begun = await readJson(journalOf(umbrella))
  if (kept === undefined && begun === undefined && (core.media === null || (await isUsed(umbrella))))
    return undefined
  const demo = kept === undefined ? await seedDemo(umbrella, journalOf(umbrella)) : Demo.parse(kept)
  const { web = '', api = '', support = '', munger = '', mail = '' } = addresses
  const file = {
    web,
    api,
    support,
    munger,
    mail,
    ...demo,
    review_link: `${core.urls.web}/r/${demo.review_code}`,
  }
  await writeFile(`${data.demo}.draft`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
  await rename(`${data.demo}.draft`, data.demo)
  await rm(journalOf(umbrella), { force: true })
  return file
}

function journalOf({ data }: Umbrella): string {
  return `${data.demo}.journal`
}

async function isUsed({ core }: Umbrella): Promise<boolean> {
  return (await core.db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  return text === undefined ? undefined : JSON.parse(text)
}
