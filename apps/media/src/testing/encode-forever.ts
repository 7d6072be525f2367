/** A process to be killed: encodes without end under a confinement. Arguments: source, confinement, work folder. */
import { DEFAULT_LIMITS } from '../limits.ts'
import { findConfinement } from '../sandbox/confinement.ts'
import { runTool } from '../sandbox/run-tool.ts'
import { findTools } from '../tools/find-tools.ts'
import type { ToolsSource } from '../tools/tools.ts'

const [source = 'npm', kind = 'warden', work = ''] = process.argv.slice(2)
const found = await findTools({ sources: [source as ToolsSource] })
const confinement = await findConfinement(found, '/usr/local/bin:/usr/bin:/bin', [
  kind as 'bwrap' | 'setpriv' | 'warden',
])
const input = ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=s=320x240:r=1000']
await runTool({ ...found, confinement }, DEFAULT_LIMITS, {
  tool: 'ffmpeg',
  mounts: { work },
  limits: { wallMs: 60_000, cpuSeconds: 60, addressBytes: 4e9, fileBytes: 1e9 },
  args: () => [...input, '-c:v', 'libx264', '-preset', 'ultrafast', '-f', 'mpegts', 'file:endless.ts'],
})
