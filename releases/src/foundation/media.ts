import { mkdir } from 'node:fs/promises'
import type { Media } from '@rushes/core'
import { findTools, MediaError } from '@rushes/media'
import { logger } from '@rushes/monitoring'
import type { Config } from '../config/config.ts'
import { StartError } from '../start-error.ts'

const log = logger('releases')

/** Finds ffmpeg and says what it found; null without one, and uploads then stay as they are. */
export async function openMedia(config: Config, scratch: string): Promise<Media | null> {
  // The tools run as another user when we are root, who has to get to its own folder in here.
  await mkdir(scratch, { recursive: true, mode: 0o711 })
  try {
    const tools = await findTools({ ffmpeg: config.ffmpeg, path: config.path })
    if (config.sandboxRequired && tools.confinement.kind !== 'bwrap')
      throw new StartError(
        'config',
        `RUSHES_TRANSCODE_SANDBOX is required, but ${tools.confinement.warnings[0]}`,
      )
    for (const warning of tools.warnings) log.warn(warning)
    return { tools, scratch }
  } catch (error) {
    if (!(error instanceof MediaError)) throw error
    log.warn(`uploads are kept but not transcoded: ${error.message}`)
    return null
  }
}
