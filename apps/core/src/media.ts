import type { Tools } from '@rushes/media'

/** The means to work on media, found once a process; null where there are none, and uploads then wait. */
export interface Media {
  tools: Tools
  /** A folder for work in progress, on this machine. */
  scratch: string
}
