import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from '@rushes/dynasaur'
import { decodeEntities } from './entities.ts'
import { frameRate } from './frame-rate.ts'
import { v2Id } from './ids.ts'
import { publication } from './publish/publication.ts'
import { commentsMigration } from './translators/comments.ts'
import { foldersMigration } from './translators/folders.ts'
import { projectsMigration } from './translators/projects.ts'

const item = (record: Record<string, string>): Item =>
  Object.fromEntries(Object.entries(record).map(([name, S]) => [name, { S }]))

/** The record that the legacy contract publishes in full. */
const golden = {
  id: '8f3f9a52-0c2e-4a55-9b0e-5f0d7f6f2a11',
  file_reference_key: 'QwErTyUi',
  project_key: 'AsDfGhJk',
  master_key: '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05',
  master_class: 'User',
  text: 'Trim the head &amp; lift the mids',
  timestamp: '312.0',
  duration: 'JTNullValue',
  page: 'JTNullValue',
  private: '0',
  completed: '0',
  status_from_2014: 'x',
  completed_at: 'JTNullValue',
  parent_key: 'JTNullValue',
  like_keys: '[]',
  annotation_object: '{"draw_data":"[{\\"tool\\":\\"pen\\",\\"xs\\":[0.1375,0.1419]}]"}',
  created_at_integer: '1441368062',
  updated_at_integer: '1441368062',
  created_at: '2015-09-04 12:01:02 UTC',
}

test('the golden comment becomes a staged row, and what it doesn’t know is kept', () => {
  const outcome = commentsMigration.process(item(golden))
  assert.equal(outcome.kind, 'rows')
  assert.deepEqual(outcome.kind === 'rows' && outcome.rows, [
    [
      {
        id: golden.id,
        text: 'Trim the head & lift the mids',
        timestamp: 312,
        duration: null,
        completed_at: null,
        asset_id: v2Id('file_reference', 'QwErTyUi'),
        legacy_asset_id: 'QwErTyUi',
        parent_id: null,
        author_id: golden.master_key,
        guest_id: null,
        guest_email: null,
        annotation: '[{"tool":"pen","xs":[0.1375,0.1419]}]',
        page: null,
        private: false,
        completer_id: null,
        inserted_at: '2015-09-04T12:01:02.000000Z',
        updated_at: '2015-09-04T12:01:02.000000Z',
        deleted_at: null,
        unknown_attributes: '{"status_from_2014":"x"}',
      },
    ],
    [],
  ])
})

test('a drawing reads from every form it was stored in', () => {
  const annotation = (annotation_object: string) => {
    const outcome = commentsMigration.process(item({ ...golden, annotation_object }))
    return outcome.kind === 'rows' ? outcome.rows[0]?.[0]?.annotation : outcome
  }
  for (const empty of ['JTNullValue', '', '{}', '{"draw_data":"JTNullValue"}'])
    assert.equal(annotation(empty), null, empty)
  assert.equal(annotation(JSON.stringify('{"draw_data":"[]"}')), '[]')
  assert.equal(annotation('{"draw_data":[{"tool":"pen"}]}'), '[{"tool":"pen"}]')
})

test('preferences keep their pairing, wrapped twice or written by Ruby', () => {
  const prefs = '{"collaborator_can_download":"0","email_for_new_person":"false"}'
  for (const project_prefs of [prefs, JSON.stringify(prefs), prefs.replaceAll(':', '=>')]) {
    const outcome = projectsMigration.process(
      item({ id: 'AsDfGhJk', name: 'P', project_prefs, private: 'nonsense' }),
    )
    const row = outcome.kind === 'rows' ? outcome.rows[0]?.[0] : undefined
    assert.deepEqual(
      [
        row?.collaborator_can_download,
        row?.notify_on_new_collaborator,
        row?.notify_on_new_comment,
        row?.private,
      ],
      [false, false, true, true],
    )
  }
})

test('a folder lists folders and files as rows, in order', () => {
  const folder = {
    id: 'AAAAAAAA',
    name: 'F',
    project_key: 'AsDfGhJk',
    folder_keys: '["BBBBBBBB"]',
    file_reference_keys: '{"1":"dddddddd","0":"cccccccc"}',
  }
  const outcome = foldersMigration.process(item(folder))
  assert.deepEqual(
    outcome.kind === 'rows' &&
      outcome.rows[1]?.map(({ kind, legacy_id, position }) => [kind, legacy_id, position]),
    [
      ['folder', 'BBBBBBBB', 0],
      ['file_reference', 'cccccccc', 1],
      ['file_reference', 'dddddddd', 2],
    ],
  )
})

test('ids are drawn from kind and bytes: stable, apart in case and kind, in the form of version 4', () => {
  assert.equal(v2Id('folder', 'AbCdEfGh'), v2Id('folder', 'AbCdEfGh'))
  const ids = new Set([
    v2Id('folder', 'AbCdEfGh'),
    v2Id('folder', 'abcdefgh'),
    v2Id('file_reference', 'AbCdEfGh'),
  ])
  assert.equal(ids.size, 3)
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('rates that were rounded are exact again', () => {
  assert.deepEqual(frameRate('23.976'), { num: 24000n, den: 1001n })
  assert.deepEqual(frameRate('29.970'), { num: 30000n, den: 1001n })
  assert.deepEqual(frameRate('25.0'), { num: 25n, den: 1n })
  assert.deepEqual(frameRate('12.5'), { num: 125n, den: 10n })
  assert.deepEqual([frameRate('0'), frameRate('-24')], [null, null])
})

test('entities are unescaped only where escaping made the text', () => {
  assert.equal(decodeEntities('a &amp; b &lt;i&gt; &#39;x&#39;'), "a & b <i> 'x'")
  assert.equal(decodeEntities('&amp;gt;'), '&gt;')
  for (const typed of ['a & b', 'a & &amp;', '<b> &amp;']) assert.equal(decodeEntities(typed), typed)
})

// Never called: the compiler reads it, and what follows each expectation must fail to compile.
export function wrongColumnsDoNotCompile(): void {
  // @ts-expect-error a column that the V2 table lacks
  publication({ table: 'teams', key: ['id'], columns: ['id', 'nmae'], select: '' })
  // @ts-expect-error a table that V2 lacks
  publication({ table: 'team', key: ['id'], columns: ['id'], select: '' })
}
