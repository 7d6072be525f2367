import { type Confinement, findConfinement } from '../sandbox/confinement.ts'
import { findTools } from '../tools/find-tools.ts'
import type { Tools, ToolsSource } from '../tools/tools.ts'

const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin'

/** Every ffmpeg this machine has, by source; the one that came by npm is always among them where it is published. */
export async function everyBuild(): Promise<Tools[]> {
  const sources: ToolsSource[] = ['system', 'npm']
  const found = await Promise.all(sources.map((source) => findTools({ sources: [source] }).catch(() => null)))
  const builds = found.filter((tools) => tools !== null)
  if (builds.length === 0) throw new Error('no ffmpeg at all: run npm ci')
  return builds
}

/** The same tools under each confinement that works here. */
export async function everyConfinement(tools: Tools): Promise<Tools[]> {
  const kinds: Confinement['kind'][] = ['bwrap', 'setpriv', 'warden']
  const found = await Promise.all(kinds.map((kind) => findConfinement(tools, SYSTEM_PATH, [kind])))
  const distinct = new Map(found.map((confinement) => [confinement.kind, confinement]))
  return [...distinct.values()].map((confinement) => ({ ...tools, confinement }))
}
