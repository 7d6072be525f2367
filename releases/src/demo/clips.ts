import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { authorize, type Core, CoreError, type Ctx, contextFor, Projects } from '@rushes/core'
import { makeDemoClip, type Tools } from '@rushes/media'
import { CLIPS, type Clip } from './cast.ts'
import type { Journal } from './journal.ts'
import type { Cast } from './people.ts'
import type { DemoProject } from './project.ts'

/** An asset that waits for its bytes, and the signed path to put them to. */
interface Announced {
  id: string
  path: string
}

/** Generates the clips and uploads each as its person, one after the other; they are transcoded meanwhile. Returns ids by key. */
export async function makeClips(
  core: Core,
  { as }: Cast,
  { rootId, folders }: DemoProject,
  journal: Journal,
): Promise<Map<string, string>> {
  const { tools, scratch } = core.media!
  const folder = join(scratch, 'demo')
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const ids = new Map<string, string>()
  for (const clip of CLIPS) {
    const ctx = as(clip.by)
    const file = join(folder, clip.key + clip.name.slice(-4))
    const { id, path } = await journal.step(`clip ${clip.key}`, async () => {
      await generate(tools, clip, file)
      const parent = clip.folder ? folders.get(clip.folder)! : rootId
      return announce(ctx, parent, clip, (await stat(file)).size)
    })
    await journal.step(`upload ${clip.key}`, () => upload(core, path, file))
    ids.set(clip.key, id)
  }
  await rm(folder, { recursive: true })
  return ids
}

function generate(
  tools: Tools,
  { kind, seconds, size, fps, startTimecode }: Clip,
  outFile: string,
): Promise<void> {
  return makeDemoClip({ tools, kind, seconds, size, fps, startTimecode, outFile })
}

async function announce(ctx: Ctx, parentId: string, clip: Clip, filesize: number): Promise<Announced> {
  const parent = await authorize(ctx, Projects.addToAsset, parentId)
  const made = await Projects.createAsset(ctx, parent, { type: 'file', name: clip.name, filesize })
  const { id } = made.asset
  if (clip.label)
    await Projects.labelAsset(ctx, await authorize(ctx, Projects.labelAssetPolicy, id), { label: clip.label })
  return { id, path: made.upload_paths![0]! }
}

/** Puts the whole file as its one part, to the signed path that a client would put it to: demo clips are far below a part's size. */
async function upload(core: Core, path: string, file: string): Promise<void> {
  const ctx = contextFor(core, { kind: 'anonymous' }, { source: 'demo' })
  const { pathname, searchParams } = new URL(path, 'http://demo')
  const [, , uploadId = '', part = ''] = pathname.split('/')
  const { expires = '', signature = '' } = Object.fromEntries(searchParams)
  const { size } = await stat(file)
  try {
    await Projects.putPart(
      ctx,
      { uploadId, part, expires, signature },
      { size, body: createReadStream(file) },
    )
  } catch (error) {
    // An earlier run was killed after the upload and before it noted it.
    if (!(error instanceof CoreError && error.code === 'conflict')) throw error
  }
}
