/** What a source may be at most. Anything beyond ends as a typed `MediaError` before it is decoded. */
export type SourceLimits = {
  readonly videoPixels: number
  readonly stillPixels: number
  readonly seconds: number
  readonly framesPerSecond: number
  readonly streams: number
  /** Largest single allocation ffmpeg may make, bytes (`-max_alloc`). */
  readonly allocationBytes: number
}

/** What one run of a tool may use; `prlimit` enforces the last three where it exists. */
export type RunLimits = {
  readonly wallMs: number
  readonly cpuSeconds: number
  readonly addressBytes: number
  readonly fileBytes: number
}

/** Limits of a media host: what it accepts and how hard it may work. */
export type MediaLimits = {
  readonly source: SourceLimits
  /** `nice` value of every run, 0 to 19. */
  readonly nice: number
  /** Between asking a tool to stop and killing it. */
  readonly graceMs: number
  /** Wall time of a transcode: the larger of a floor and a multiple of the duration. */
  readonly wallFloorMs: number
  readonly wallPerSecondMs: number
  readonly addressBytes: number
  readonly outputBytes: number
}

const GIB = 1024 ** 3

/** Defaults: an 8K DCI picture, a 64-megapixel still, a day of video, 240 frames a second. */
export const DEFAULT_LIMITS: MediaLimits = {
  source: {
    videoPixels: 8192 * 4320,
    stillPixels: 8192 * 8192,
    seconds: 86_400,
    framesPerSecond: 240,
    streams: 64,
    allocationBytes: 256 * 1024 * 1024,
  },
  nice: 10,
  graceMs: 2_000,
  wallFloorMs: 120_000,
  wallPerSecondMs: 8_000,
  addressBytes: 4 * GIB,
  outputBytes: 64 * GIB,
}

/** Limits of a probe: a few seconds of processor time and what reading the file takes, a gigabyte of address space. */
export function probeRunLimits(fileBytes: number): RunLimits {
  const readingMs = Math.ceil(fileBytes / 50_000)
  return {
    wallMs: 30_000 + readingMs,
    cpuSeconds: 10 + Math.ceil(readingMs / 1000),
    addressBytes: GIB,
    fileBytes: 0,
  }
}

/** Limits of an encode of `seconds` of media. */
export function encodeRunLimits(limits: MediaLimits, seconds: number): RunLimits {
  const wallMs = Math.max(limits.wallFloorMs, Math.ceil(seconds * limits.wallPerSecondMs))
  return {
    wallMs,
    cpuSeconds: Math.ceil((wallMs / 1000) * 8),
    addressBytes: limits.addressBytes,
    fileBytes: limits.outputBytes,
  }
}
