import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openDataFolder } from './data-folder.ts'

async function temporary(cleanUp: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-data-'))
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const refusal = (message: RegExp) => (error: Error) => {
  assert.equal(error.constructor.name, 'StartError')
  assert.match(error.message, message)
  assert.ok(!error.message.includes('\n'))
  return true
}

test('a folder is made, held by one process at a time, and known again', async () => {
  await using cleanUp = new AsyncDisposableStack()
  const path = join(await temporary(cleanUp), 'deep', 'data')
  const data = await openDataFolder(path)
  await assert.rejects(openDataFolder(path), refusal(/another Rushes runs on the data folder/))
  data[Symbol.dispose]()
  using again = await openDataFolder(path)
  assert.equal(again.path, data.path)
})

test('a folder with other things in it is refused and left as it was', async () => {
  await using cleanUp = new AsyncDisposableStack()
  const path = await temporary(cleanUp)
  await writeFile(join(path, 'thesis.txt'), 'years of work')
  await assert.rejects(openDataFolder(path), refusal(/not a Rushes data folder \(it holds thesis.txt/))
  assert.deepEqual(await readdir(path), ['thesis.txt'])
})

test('a folder of a newer Rushes is refused and left as it was', async () => {
  await using cleanUp = new AsyncDisposableStack()
  const path = await temporary(cleanUp)
  const marker = '{"what":"Rushes data folder","layout":99}'
  await writeFile(join(path, 'rushes.json'), marker)
  await assert.rejects(openDataFolder(path), refusal(/newer Rushes \(layout 99/))
  assert.deepEqual(await readdir(path), ['rushes.json'])
  assert.equal(await readFile(join(path, 'rushes.json'), 'utf8'), marker)
})

test('a start that was killed while it made the folder can be repeated', async () => {
  await using cleanUp = new AsyncDisposableStack()
  const path = await temporary(cleanUp)
  await writeFile(join(path, 'rushes.json.draft'), '{"wh')
  using data = await openDataFolder(path)
  assert.match(await readFile(join(data.path, 'rushes.json'), 'utf8'), /"layout":1/)
})

test('a file in place of the folder is refused', async () => {
  await using cleanUp = new AsyncDisposableStack()
  const path = join(await temporary(cleanUp), 'file')
  await writeFile(path, '')
  await assert.rejects(openDataFolder(path), refusal(/is not a folder/))
})

test('a read-only folder is refused', async () => {
  await using cleanUp = new AsyncDisposableStack()
  const path = await temporary(cleanUp)
  makeReadOnly(cleanUp, path)
  await assert.rejects(openDataFolder(path), refusal(/not writable/))
  await assert.rejects(openDataFolder(join(path, 'below')), refusal(/not writable/))
})

test('a full disk is refused, before the folder is made and later', async (t: TestContext) => {
  await using cleanUp = new AsyncDisposableStack()
  const root = await temporary(cleanUp)
  const path = join(root, 'disk')
  await mkdir(path)
  if (!mounts(cleanUp, path, 'size=2m')) return t.diagnostic('no small disk can be mounted here')
  await assert.rejects(openDataFolder(path), refusal(/[12] MiB left and a start needs 256/))
  assert.deepEqual(await readdir(path), [])
  await writeFile(join(path, 'rushes.json'), '{"what":"Rushes data folder","layout":1}')
  await assert.rejects(openDataFolder(path), refusal(/[12] MiB left and a start needs 48/))
})

/** Takes the right to write away; root has it regardless of modes, so root gets a read-only mount or an immutable folder. */
function makeReadOnly(cleanUp: AsyncDisposableStack, path: string): void {
  if (process.getuid?.() !== 0) {
    execFileSync('chmod', ['0555', path])
    cleanUp.defer(() => chmod(path, 0o755))
  } else if (!mounts(cleanUp, path, 'ro,size=400m')) {
    execFileSync('chattr', ['+i', path])
    cleanUp.defer(() => void execFileSync('chattr', ['-i', path]))
  }
}

function mounts(cleanUp: AsyncDisposableStack, path: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'rushes-test', path], { stdio: 'ignore' })
  } catch {
    return false
  }
  cleanUp.defer(() => void execFileSync('umount', [path]))
  return true
}
