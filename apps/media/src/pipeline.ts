import { DEFAULT_LIMITS, type MediaLimits } from './limits.ts'
import { probe } from './probe/probe.ts'
import type { Probe } from './probe/probe-result.ts'
import type { Tools } from './tools/tools.ts'
import type { Manifest } from './transcode/manifest.ts'
import { type TranscodeInput, transcode } from './transcode/transcode.ts'

/** The two steps a media job takes, with tools and limits settled. */
export type MediaPipeline = {
  readonly tools: Tools
  /** See `probe`. */
  probe(path: string, options?: { signal?: AbortSignal | undefined }): Promise<Probe>
  /** See `transcode`. */
  transcode(input: Omit<TranscodeInput, 'tools' | 'limits'>): Promise<Manifest>
}

/** Binds `probe` and `transcode` to the tools of this machine. */
export function mediaPipeline(tools: Tools, limits: MediaLimits = DEFAULT_LIMITS): MediaPipeline {
  return {
    tools,
    probe: (path, options) => probe(path, { tools, limits, signal: options?.signal }),
    transcode: (input) => transcode({ ...input, tools, limits }),
  }
}
