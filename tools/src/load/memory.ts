import { readFile } from 'node:fs/promises'

const SAMPLE_MS = 10

/** Watches how a process grows. */
export interface MemoryWatch {
  /** MiB of resident memory at the highest beyond those at the start; null where the system doesn't tell. */
  stop(): Promise<number | null>
}

/** Samples the resident memory of process `pid` until stopped. */
export async function watchMemory(pid: number): Promise<MemoryWatch> {
  const start = await residentMib(pid)
  let peak = start
  const timer = setInterval(async () => {
    const now = await residentMib(pid)
    if (now !== null && peak !== null) peak = Math.max(peak, now)
  }, SAMPLE_MS)
  return {
    async stop() {
      clearInterval(timer)
      return start === null || peak === null ? null : Math.round((peak - start) * 10) / 10
    },
  }
}

async function residentMib(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kib = /VmRSS:\s+(\d+) kB/.exec(status)?.[1]
  return kib === undefined ? null : Number(kib) / 1024
}
