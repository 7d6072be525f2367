import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeEstate } from './estate.ts'
import { messes } from './messes.ts'

test('a seed gives the same estate every time, another seed another', () => {
  assert.deepEqual(makeEstate({ seed: 7 }), makeEstate({ seed: 7 }))
  assert.notDeepEqual(makeEstate({ seed: 7 }).records, makeEstate({ seed: 8 }).records)
})

test('a clean estate is whole: every reference resolves and every pair of lists agrees', () => {
  const { records, damage } = makeEstate({ seed: 3, mess: 0 })
  assert.equal(damage.length, 0)
  const ids = (table: keyof typeof records) => new Set(records[table].map(({ id }) => id))
  const [folders, files, users] = [ids('folders'), ids('file_references'), ids('users')]
  for (const folder of records.folders) {
    for (const id of JSON.parse(String(folder.file_reference_keys))) assert.ok(files.has(id))
    for (const id of JSON.parse(String(folder.folder_keys))) assert.ok(folders.has(id))
  }
  for (const comment of records.comments) {
    assert.ok(files.has(String(comment.file_reference_key)) && users.has(String(comment.master_key)))
  }
  for (const record of Object.values(records).flat()) {
    for (const value of Object.values(record)) assert.equal(typeof value, 'string')
  }
})

test('every mess strikes, once a record at most, at about its rate, and is logged', () => {
  const { records, damage } = makeEstate({ seed: 11 })
  assert.equal(new Set(damage.map(({ id }) => id)).size, damage.length)
  for (const { name, table, field, rate } of messes) {
    const hits = damage.filter(
      (hit) => hit.mess === name && hit.table === table && hit.field === field,
    ).length
    assert.ok(hits >= 1, `${name} at ${table}.${field} never struck`)
    const kinds = messes.filter(
      (mess) => mess.name === name && mess.table === table && mess.field === field,
    ).length
    assert.ok(
      hits <= kinds * Math.max(1, Math.round(records[table].length * rate)),
      `${name} at ${table}.${field}`,
    )
  }
})
