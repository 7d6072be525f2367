import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartError } from '../start-error.ts'

const FILE = 'rushes.json'
const DRAFT = `${FILE}.draft`

/** Goes up when a folder laid out by an older Rushes would be misread. */
const LAYOUT = 1

const Marker = z.object({ what: z.literal('Rushes data folder'), layout: z.int() })

/** Whether `folder` is a data folder of ours already; an empty one isn't yet. Refuses one that holds other things and one of a newer Rushes. */
export async function isOurs(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (text === undefined) await refuseForeign(folder)
  else checkLayout(folder, text)
  return text !== undefined
}

/** Makes an empty folder a data folder. */
export async function mark(folder: string): Promise<void> {
  const marker: z.infer<typeof Marker> = { what: 'Rushes data folder', layout: LAYOUT }
  await writeFile(join(folder, DRAFT), `${JSON.stringify(marker)}\n`)
  await rename(join(folder, DRAFT), join(folder, FILE))
}

async function refuseForeign(folder: string): Promise<void> {
  const foreign = (await readdir(folder)).filter((name) => name !== DRAFT && name !== 'lost+found')
  if (foreign.length > 0)
    throw new StartError(
      'data_folder',
      `${folder} is not a Rushes data folder (it holds ${foreign[0]} and no ${FILE}); choose an empty one with RUSHES_DATA_DIR`,
    )
}

function checkLayout(folder: string, text: string): void {
  const marker = Marker.safeParse(parse(text))
  if (!marker.success)
    throw new StartError('data_folder', `${join(folder, FILE)} is not the marker of a Rushes data folder`)
  if (marker.data.layout > LAYOUT)
    throw new StartError(
      'data_folder',
      `the data folder ${folder} was made by a newer Rushes (layout ${marker.data.layout}, this one knows ${LAYOUT}); start that one`,
    )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
