import type { Estate, Mess } from './damage.ts'
import type { LegacyRecord, TableName } from './records.ts'

const ids = (record: LegacyRecord, field: string): string[] => JSON.parse(String(record[field]))
const isNull = (value: string | boolean | undefined) => value === 'JTNullValue' || value === 'null'
const lost = '00000000-0000-4000-8000-00000000dead'

/** A mess that depends on nothing but the value. */
function value(
  name: string,
  [table, field]: [TableName, string],
  rate: number,
  code: string | null,
  damage: (before: string, estate: Estate) => string | boolean | undefined,
): Mess {
  return {
    name,
    table,
    field,
    rate,
    code,
    apply: (record, estate) => damage(String(record[field] ?? ''), estate),
  }
}

const prefs: [TableName, string] = ['projects', 'project_prefs']
const commentText: [TableName, string] = ['comments', 'text']

/** Values that one writer or another spelled in a way of its own, or spoiled. */
const spoiledValues: Mess[] = [
  value('N2', ['comments', 'duration'], 0.004, 'null.spelling', (_, { random }) =>
    random.pick(['nil', 'undefined', '(null)', 'NaN']),
  ),
  value('B1', ['comments', 'private'], 0.004, 'bool.spelling', () => '2'),
  value('B1', ['folders', 'private'], 0.05, null, (before, { random }) =>
    before === '0' ? random.pick(['false', 'False', 'no', 'off']) : undefined,
  ),
  value('I1', ['file_references', 'filesize'], 0.02, 'integer.syntax', () => '1,024'),
  value('I1', ['file_references', 'frames'], 0.05, null, (before) => ` ${before}.0 `),
  value('I2', ['file_references', 'view_count'], 0.01, 'integer.range', () => '18446744073709551615'),
  value('T1', ['comments', 'created_at_integer'], 0.004, 'timestamp.window', (_, { random }) =>
    random.pick(['0', '4102444800']),
  ),
  value('J2', prefs, 0.1, null, (before) => JSON.stringify(JSON.stringify(before))),
  value('J3', prefs, 0.1, 'json.salvaged', (before) =>
    before.replaceAll(':', '=>').replace('}', ', "old"=>nil}'),
  ),
  value('J3', ['comments', 'annotation_object'], 0.003, 'json.syntax', () => '[object Object]'),
  value('J3', ['file_references', 'comment_keys'], 0.02, 'list.truncated', (before) =>
    before.length > 60 ? before.slice(0, 50) : undefined,
  ),
  value('J4', ['users', 'team_keys'], 0.1, null, (before) =>
    before === '[]' ? undefined : JSON.stringify({ ...JSON.parse(before) }),
  ),
  value('J6', ['comments', 'annotation_object'], 0.01, null, (before, { random }) =>
    isNull(before) ? random.pick(['{}', '']) : undefined,
  ),
  value('N3', ['comments', 'like_keys'], 0.004, 'list.placeholder', (before) =>
    JSON.stringify(['JTNullValue', ...JSON.parse(before)]),
  ),
  value('K3', ['comments', 'like_keys'], 0.01, 'list.repeat', (before) => {
    const [first, ...rest] = JSON.parse(before)
    return first === undefined ? undefined : JSON.stringify([first, first, ...rest])
  }),
  value('U2', commentText, 0.004, 'text.mended', (before) => `${before}\0`),
  value('U4', commentText, 0.01, 'text.entities', (before) => `${before} &amp; &lt;b&gt;`),
  value('L1', commentText, 0.002, 'text.cut', (before) => `${before} ${'long '.repeat(5_000)}`),
  value('X1', ['users', 'favouriteColour'], 0.1, 'attribute.unknown', () => 'teal'),
  value('X3', ['projects', 'private'], 0.1, null, (before) => before === '1'),
  value('H2', ['comments', 'deleted'], 0.02, null, () => '1'),
]

/** References that point nowhere, and lists that lost an update. */
const brokenReferences: Mess[] = [
  value('K6', ['comments', 'completer_key'], 0.002, null, () => lost),
  value('K6', ['comments', 'master_key'], 0.003, 'comment.author_missing', () => lost),
  value(
    'K9',
    ['comments', 'master_key'],
    0.01,
    'comment.guest',
    (_, { random }) => `guest${random.between(1, 9)}@client.example`,
  ),
  value('K6', ['file_references', 'master_key'], 0.01, 'file.creator_missing', () => lost),
  {
    ...{ name: 'K6', table: 'comments', field: 'file_reference_key', rate: 0.003, code: 'comment.parked' },
    apply: (record, { records }) =>
      records.comments.some(({ parent_key }) => parent_key === record.id) ? undefined : 'NoSuchFl',
  },
  {
    ...{ name: 'K6', table: 'projects', field: 'root_folder_key', rate: 0.05, code: 'project.root_replaced' },
    apply: () => 'NoSuchFo',
  },
  {
    ...{ name: 'K11', table: 'users', field: 'email', rate: 0.03, code: 'email.taken' },
    apply: (record, { records, isFree, reserve }) => {
      const twin = records.users.find(({ id }) => id !== record.id && isFree(id))
      if (!twin) return undefined
      reserve(twin.id)
      return ` ${String(twin.email).toUpperCase()}`
    },
  },
  {
    ...{ name: 'K5', table: 'users', field: 'team_keys', rate: 0.05, code: 'membership.one_sided' },
    apply: (record) => {
      const teams = ids(record, 'team_keys')
      return teams.length === 0 ? undefined : JSON.stringify(teams.slice(1))
    },
  },
]

/** Folders whose list and children disagree, and trees that aren't. */
const brokenTrees: Mess[] = [
  {
    ...{ name: 'K1', table: 'folders', field: 'file_reference_keys', rate: 0.05, code: 'list.lost' },
    apply: (record) => JSON.stringify(ids(record, 'file_reference_keys').slice(0, -1)),
  },
  {
    ...{ name: 'K1', table: 'version_stacks', field: 'file_reference_keys', rate: 0.05, code: 'list.lost' },
    apply: (record) => JSON.stringify(ids(record, 'file_reference_keys').slice(0, -1)),
  },
  {
    ...{ name: 'K2', table: 'folders', field: 'file_reference_keys', rate: 0.05, code: 'list.dangling' },
    apply: (record) => JSON.stringify([...ids(record, 'file_reference_keys'), 'GoneFile']),
  },
  {
    ...{ name: 'K4', table: 'folders', field: 'file_reference_keys', rate: 0.02, code: 'list.elsewhere' },
    apply: (record, { records, random }) => {
      const elsewhere = records.file_references.filter(
        (file) => file.owner_key !== record.id && file.project_key === record.project_key,
      )
      return JSON.stringify([...ids(record, 'file_reference_keys'), random.pick(elsewhere).id])
    },
  },
  {
    ...{ name: 'C1', table: 'folders', field: 'item_count', rate: 0.15, code: 'counter.wrong' },
    apply: (record) => String(Number(record.item_count) + 7),
  },
  {
    // A move to itself that half happened: the old parent forgot it, the root already lists it.
    ...{ name: 'K8', table: 'folders', field: 'owner_key', rate: 0.01, code: 'folder.ring' },
    apply: (record, estate) => {
      const project = estate.find('projects', String(record.project_key))
      const root = estate.find('folders', String(project?.root_folder_key))
      const parent = estate.find('folders', String(record.owner_key))
      if (!root || !parent || parent === root || ![root.id, parent.id].every(estate.isFree)) return undefined
      parent.folder_keys = JSON.stringify(ids(parent, 'folder_keys').filter((id) => id !== record.id))
      parent.item_count = String(Number(parent.item_count) - 1)
      root.folder_keys = JSON.stringify([...ids(root, 'folder_keys'), record.id])
      root.item_count = String(Number(root.item_count) + 1)
      for (const { id } of [root, parent]) estate.reserve(id)
      return record.id
    },
  },
]

/** Every kind of mess, with its rate; trees first, because they need neighbours that are whole. */
export const messes: readonly Mess[] = [...brokenTrees.toReversed(), ...brokenReferences, ...spoiledValues]
