import type { Confinement } from '../sandbox/confinement.ts'

/** Where the tools came from, in order of preference. */
export type ToolsSource = 'configured' | 'system' | 'npm'

/** A usable pair of ffmpeg and ffprobe, and how their runs are confined on this machine. */
export type Tools = {
  readonly ffmpeg: string
  readonly ffprobe: string
  readonly source: ToolsSource
  /** As the tool prints it: `5.1.9-0+deb12u1`, `N-47683-g0e8eb07980-static`. */
  readonly version: string
  /** Last year in the tool's copyright line; what age is judged by, since git builds carry no version. */
  readonly year: number
  /** Sentences for `doctor`: an old build, a weaker jail. Empty when all is well. */
  readonly warnings: readonly string[]
  readonly confinement: Confinement
}

/** What the composition root knows about tools; this app reads no environment. */
export type ToolsConfig = {
  /** Path of an ffmpeg to use before all others (`RUSHES_FFMPEG`); its ffprobe is looked for beside it. */
  readonly ffmpeg?: string | undefined
  /** Folders to search for system tools, as `PATH` writes them. */
  readonly path?: string | undefined
  /** Which sources may be used, in this order; all of them by default. */
  readonly sources?: readonly ToolsSource[]
}
