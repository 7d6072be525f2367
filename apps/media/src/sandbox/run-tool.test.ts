import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { MediaError } from '../errors.ts'
import { DEFAULT_LIMITS, type RunLimits } from '../limits.ts'
import { everyBuild, everyConfinement } from '../testing/builds.ts'
import { scratch } from '../testing/files.ts'
import type { Tools } from '../tools/tools.ts'
import { runTool } from './run-tool.ts'

const ROOMY: RunLimits = { wallMs: 60_000, cpuSeconds: 60, addressBytes: 4e9, fileBytes: 1e9 }
const ENDLESS = ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=s=320x240:r=1000']
const linux = process.platform === 'linux'

const [build] = await everyBuild()
for (const tools of build ? await everyConfinement(build) : []) {
  describe(`a run under ${tools.confinement.kind}`, () => {
    test('ends at its wall time', async () => {
      await using folder = await scratch()
      await assert.rejects(encodeForever(tools, folder.path, { ...ROOMY, wallMs: 300 }), code('timed_out'))
      await assertGone(folder.path)
    })

    test('ends when it is cancelled', async () => {
      await using folder = await scratch()
      const controller = new AbortController()
      const running = encodeForever(tools, folder.path, ROOMY, controller.signal)
      await started(folder.path)
      controller.abort()
      await assert.rejects(running, code('cancelled'))
      await assertGone(folder.path)
    })

    if (tools.confinement.prlimit)
      test('ends when it has used its processor time', {
        skip: !tools.confinement.prlimit && 'no prlimit',
      }, async () => {
        await using folder = await scratch()
        await assert.rejects(
          encodeForever(tools, folder.path, { ...ROOMY, cpuSeconds: 1 }),
          code('timed_out'),
        )
      })

    if (tools.confinement.prlimit)
      test('ends when a file grows too large', {
        skip: !tools.confinement.prlimit && 'no prlimit',
      }, async () => {
        await using folder = await scratch()
        const small = { ...ROOMY, fileBytes: 100_000 }
        await assert.rejects(encodeForever(tools, folder.path, small), code('output_too_large'))
      })

    if (linux)
      test('dies with a parent that is killed', async () => {
        await using folder = await scratch()
        const script = fileURLToPath(new URL('../testing/encode-forever.ts', import.meta.url))
        const parent = spawn(process.execPath, [script, tools.source, tools.confinement.kind, folder.path])
        await started(folder.path)
        parent.kill('SIGKILL')
        await closed(parent)
        await assertGone(folder.path)
      })

    if (linux)
      test('sees no environment of ours', async () => {
        await using folder = await scratch()
        process.env.RUSHES_SECRET_OF_TEST = 'a canary'
        const controller = new AbortController()
        const running = encodeForever(tools, folder.path, ROOMY, controller.signal).catch(() => {})
        await started(folder.path)
        const pids = await toolsIn(folder.path)
        const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'latin1')))
        controller.abort()
        await running
        assert.ok(pids.length > 0)
        assert.equal(environments.join().includes('a canary'), false)
      })
  })
}

for (const tools of build
  ? (await everyConfinement(build)).filter((each) => each.confinement.kind === 'bwrap')
  : []) {
  test('the jail has no network', async () => {
    let calls = 0
    await using server = createServer(() => {
      calls += 1
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const url = `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const { status } = await probeRaw(tools, ['-f', 'mpegts', url])
    assert.notEqual(status, 0)
    assert.equal(calls, 0)
  })

  test('the jail holds nothing of the disk but libraries and the source', async () => {
    await using folder = await scratch()
    for (const path of ['/etc/passwd', '/root', folder.path, fileURLToPath(import.meta.url)]) {
      const { stderr } = await probeRaw(tools, ['-f', 's16le', `file:${path}`])
      assert.match(stderr, /No such file/, path)
    }
  })
}

function probeRaw(tools: Tools, args: readonly string[]) {
  const limits = { ...ROOMY, wallMs: 10_000 }
  return runTool(tools, DEFAULT_LIMITS, {
    tool: 'ffprobe',
    mounts: {},
    limits,
    args: () => ['-v', 'error', ...args],
  })
}

function encodeForever(tools: Tools, work: string, limits: RunLimits, signal?: AbortSignal) {
  const args = () => [
    ...ENDLESS,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-f',
    'mpegts',
    'file:endless.ts',
  ]
  return runTool(tools, DEFAULT_LIMITS, { tool: 'ffmpeg', mounts: { work }, limits, args, signal })
}

function code(expected: string) {
  return (error: unknown) => error instanceof MediaError && error.code === expected
}

/** Resolves when the encode has written something. */
async function started(folder: string): Promise<void> {
  await eventually(async () => (await readdir(folder)).length > 0 && (await toolsIn(folder)).length > 0)
}

async function assertGone(folder: string): Promise<void> {
  await eventually(async () => (await toolsIn(folder)).length === 0)
}

/** Processes whose working folder is the given one, seen from outside or inside a jail. */
async function toolsIn(folder: string): Promise<string[]> {
  if (!linux) return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(
    pids.map(async (pid) => ({
      pid,
      line: await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''),
    })),
  )
  const marked = commands.filter(
    ({ line }) => line.includes('endless.ts') && !line.includes('encode-forever'),
  )
  return (
    await Promise.all(marked.map(async ({ pid }) => ((await worksIn(pid, folder)) ? [pid] : [])))
  ).flat()
}

async function worksIn(pid: string, folder: string): Promise<boolean> {
  const mounts = await readFile(`/proc/${pid}/mountinfo`, 'latin1').catch(() => '')
  const command = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
  return cwd === folder || mounts.includes(folder) || command.includes(folder)
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it did not happen in time')
    await delay(20)
  }
}

function closed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('close', () => resolve()))
}
