import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testDatabase } from '@rushes/db/testing'

const command = fileURLToPath(new URL('../run.mjs', import.meta.url))
const FEW_PORTS = 8

test('migrate:demo shows a legacy project through V2, and run again writes nothing', async () => {
  await using database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-migrate-'))
  await using cleanUp = new AsyncDisposableStack()
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  const port = 20_000 + randomInt(4_000) * FEW_PORTS
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    RUSHES_DATA_DIR: folder,
    RUSHES_PORT: String(port),
    RUSHES_LOG: 'error',
  }
  const demo = async () => {
    const args = [command, 'migrate-demo', '--json']
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 2 ** 24 })
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  }
  const written = ({ report }: { report: { published: { written: number }[] } }) => {
    return report.published.reduce((sum, table) => sum + table.written, 0)
  }
  const first = await demo()
  assert.equal(first.verdict.ok, true)
  assert.ok(first.damage.length > 100 && written(first) > 5_000)
  const { project, children, commented, comments } = first.view
  assert.equal(project.file_count, 24)
  assert.ok(children.length > 0)
  assert.equal(comments.length > 0 && commented.comment_count > 0, true)
  const second = await demo()
  assert.deepEqual([second.verdict.ok, written(second), second.view.project.id], [true, 0, project.id])
})
