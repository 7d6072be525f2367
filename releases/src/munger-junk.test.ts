import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api } from '@rushes/api'
import { Accounts, authorizeActor } from '@rushes/core'
import { buildComment, buildFile, buildWorld, testCore } from '@rushes/core/testing'
import { endpoints, munger } from '@rushes/munger'
import fc from 'fast-check'

const FIELDS = [
  'id',
  'name',
  'text',
  'folders',
  'file_references',
  'version_stacks',
  'comments',
  'comment',
  'folder',
  'project',
  'team',
  'teams',
  'users',
  'role',
  'emails',
  'pid',
  'email',
  'a',
  'b',
  'timestamp',
  'parent_key',
  'annotation_object',
  'draw_data',
  'private',
  'filesize',
  'parts',
  'filetype',
  'review_link',
  'project_key',
  'file_reference_keys',
  'expires_at',
  'label',
  'project_preferences',
  'email_for_new_video',
  'collaboratorIds',
  'notifications',
  'folder_key',
  'file_reference_id',
  'item',
]

test('no junk makes a call crash: every answer is 200 with text in it', { timeout: 120_000 }, async () => {
  await using it = await testCore()
  const v2 = await api(it.core, { publicUrl: null, trustedProxies: [] })
  const app = await munger({ apiUrl: await v2.listen({ port: 0, host: '127.0.0.1' }) })
  await using _servers = {
    [Symbol.asyncDispose]: () => Promise.all([app.close(), v2.close()]).then(() => {}),
  }
  const ana = await buildWorld(it.core)
  const fileId = await buildFile(ana)
  const ids = [
    ana.rootId,
    ana.projectId,
    ana.teamId,
    ana.accountId,
    ana.userId,
    fileId,
    await buildComment(ana, fileId),
  ]
  const anyone = authorizeActor(ana.ctx, Accounts.everyone)
  const me = (await Accounts.readUsers(ana.ctx, [ana.userId])).get(ana.userId)
  const { token } = await Accounts.signIn(ana.ctx, anyone, {
    email: me?.email ?? '',
    password: 'correct horse battery',
  })
  const id = fc.oneof(
    fc.constantFrom(...ids),
    fc.constantFrom('AbCdEfGh', '%00', '..', '%E2%80', 'a'.repeat(300)),
  )
  const scalar = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('JTNullValue', 'null', '', '\u0000', '\ud83d', '1e999', '{"draw_data":1}', '{', ...ids),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.dictionary(fc.constantFrom(...FIELDS, '0', '1', '__proto__'), tie('value'), { maxKeys: 4 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }))
  const body = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 6 })
  const junk = fc.record({ endpoint: fc.constantFrom(...endpoints), id, body, json: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(junk, async ({ endpoint, id, body, json }) => {
      // Deleting would leave less and less to look at.
      if (/delete|logout|remove|login|users\/create/.test(endpoint.path)) return
      const answer = await app.inject({
        method: endpoint.methods.at(-1) ?? 'POST',
        url: endpoint.path.replace(':id', id),
        headers: {
          authorization: token,
          'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
        },
        ...(endpoint.methods.includes('POST') && { payload: JSON.stringify(body) }),
      })
      assert.ok(
        [200, 404].includes(answer.statusCode),
        `${endpoint.path} ${answer.statusCode} ${answer.body}`,
      )
      if (answer.headers['content-type'] === 'application/json; charset=utf-8') allText(answer.json())
    }),
    { numRuns: 600, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
  )
})

function allText(value: unknown, key = ''): void {
  if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) allText(item, name)
  else assert.ok(typeof value === 'string' || key === 'success', `${key}: ${value}`)
}
