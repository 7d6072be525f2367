import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api } from '@rushes/api'
import { Accounts, authorize, Projects } from '@rushes/core'
import { buildFile, buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import { munger } from '@rushes/munger'
import type { FastifyInstance } from 'fastify'

interface Named {
  id: string
  name: string
}

let core: TestCore
let v2: FastifyInstance
let legacy: FastifyInstance
let ana: World
let bob: World
let signedIn: { mid: string; t: string }

before(async () => {
  core = await testCore()
  v2 = await api(core.core, { publicUrl: null, trustedProxies: [] })
  const apiUrl = await v2.listen({ port: 0, host: '127.0.0.1' })
  legacy = await munger({ apiUrl, retired: ['/accounts/:id/billing'] })
  ana = await buildWorld(core.core)
  bob = await buildWorld(core.core, 'Bob')
  const { x, y } = await call('/login', { a: await emailOf(ana), b: 'correct horse battery' })
  signedIn = { mid: x, t: y }
})
after(async () => {
  await legacy.close()
  await v2.close()
  await core[Symbol.asyncDispose]()
})

async function emailOf({ ctx, userId }: World): Promise<string> {
  return (await Accounts.readUsers(ctx, [userId])).get(userId)?.email ?? ''
}

/** A legacy call by POST; everything in an answer but `success` must be text. */
async function call(url: string, body: object = {}) {
  const answer = await legacy.inject({ method: 'POST', url, payload: { ...signedIn, ...body } })
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  const json = answer.json()
  for (const [path, leaf] of leaves(json))
    assert.ok(typeof leaf === 'string' || path === '/success', `${url} ${path} is ${typeof leaf}`)
  return json
}

function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}/${key}`))
}

async function keepLegacyId(kind: string, legacy_id: string, id: string): Promise<void> {
  await core.database.db.kysely.insertInto('legacy_ids').values({ kind, legacy_id, id }).execute()
}

test('signing in leads to the root folder of the first project, however parameters are sent (R2)', async () => {
  const hello = await call('/users/check_elegible', { email: await emailOf(ana) })
  assert.deepEqual(hello, { messages: ['Success'], action_key: 'user-non-google' })
  assert.match(signedIn.mid, /^[0-9a-f-]{36}$/)
  const url = `/users/${signedIn.mid}/data`
  const query = new URLSearchParams(signedIn).toString()
  const answers = [
    await legacy.inject({ method: 'POST', url, payload: signedIn }),
    await legacy.inject({ method: 'POST', url: `${url}?${query}` }),
    await legacy.inject({ method: 'GET', url: `${url}?${query}` }),
    await legacy.inject({
      method: 'POST',
      url,
      payload: query,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    await legacy.inject({ method: 'GET', url, headers: { authorization: signedIn.t } }),
  ]
  for (const answer of answers) {
    assert.equal(answer.statusCode, 200)
    const { user } = answer.json()
    assert.equal(user.teams[0].projects[0].root_folder_key, ana.rootId)
    assert.equal(user.teams[0].members[0].email, user.email)
    assert.equal(JSON.parse(user.teams[0].account.usage_data).project_count, '1')
    assert.deepEqual(user.shared_projects, [])
  }
})

test('a wrong password, no session, and a session of somebody else are 200 with errors', async () => {
  const wrong = await call('/login', { a: await emailOf(ana), b: 'nonsense' })
  assert.deepEqual(wrong, { errors: ['E-mail or password is wrong'] })
  const invalid = { errors: ['Invalid session'], error_key: 'invalid-session' }
  assert.deepEqual(await call(`/folders/${ana.rootId}`, { t: undefined }), { ...invalid })
  assert.deepEqual(await call(`/folders/${ana.rootId}`, { t: 'rss-nonsense' }), invalid)
  assert.deepEqual(await call(`/folders/${ana.rootId}`, { mid: bob.userId }), invalid)
  assert.deepEqual(await call(`/teams/${ana.teamId}/delete`), { errors: ['Not found'] })
})

test('the legacy read of an asset and its comments is all text, byte for byte (golden record)', async () => {
  const fileId = await buildFile(ana, 'cut "v3".mov', 11248776)
  await keepLegacyId('file_reference', 'QwErTyUi', fileId)
  await keepLegacyId('project', 'AsDfGhJk', ana.projectId)
  await keepLegacyId('folder', 'RootRoot', ana.rootId)
  const drawing = '[{"tool":"pen","color":"#F22237","size":8,"xs":[0.1375,0.1419],"ys":[0.6633,0.6636]}]'
  const wrote = await call('/file_references/QwErTyUi/comments', {
    comments: {
      0: {
        text: 'Trim the head & lift the mids',
        timestamp: '312.0',
        annotation_object: { draw_data: drawing },
      },
      1: { text: 'No drawing', timestamp: 4.5, annotation_object: 'JTNullValue', private: '0' },
    },
  })
  assert.deepEqual(wrote.messages, ['Successfully created comments'])
  const first = wrote.comments[0].id
  await call('/file_references/QwErTyUi/comments', { comments: [{ text: 'Done', parent_key: first }] })
  await call(`/comments/${first}/like`)
  const shown = await call('/file_references/QwErTyUi')
  const file = shown.file_reference
  assert.deepEqual(
    [file.id, file.owner_key, file.project_key, file.filesize, file.detail, file.name, file.upload_state],
    ['QwErTyUi', 'RootRoot', 'AsDfGhJk', '11248776.0', '11 MB', 'cut "v3".mov', 'created'],
  )
  assert.equal(file.fps, 'JTNullValue')
  const [comment, plain] = file.comments
  assert.equal(file.comments.length, 2)
  const reply = comment.replies[0]
  const { id, created_at, created_at_integer, updated_at_integer, replies: _, ...rest } = comment
  assert.equal(
    JSON.stringify(rest),
    `{"file_reference_key":"QwErTyUi","project_key":"AsDfGhJk","master_key":"${ana.userId}","master_class":"User","text":"Trim the head & lift the mids","timestamp":"312.0","duration":"JTNullValue","page":"JTNullValue","private":"0","completed":"0","completed_at":"JTNullValue","completer_key":"JTNullValue","parent_key":"JTNullValue","reply_keys":"[\\"${reply.id}\\"]","like_keys":"[\\"${ana.userId}\\"]","annotation_object":${JSON.stringify({ draw_data: drawing })},"review_link_key":"JTNullValue","pitch":"JTNullValue","yaw":"JTNullValue","fov":"JTNullValue"}`,
  )
  assert.equal(id, first)
  assert.match(created_at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
  assert.equal(
    Number(created_at_integer),
    Math.floor(Date.parse(created_at.replace(' UTC', 'Z').replace(' ', 'T')) / 1000),
  )
  assert.match(updated_at_integer, /^\d+$/)
  assert.equal(plain.annotation_object, 'JTNullValue')
  assert.equal(plain.timestamp, '4.5')
  assert.equal(reply.parent_key, first)
  const { collaborators } = await call('/projects/AsDfGhJk/collaborators')
  assert.ok(collaborators.some((person: Named) => person.id === comment.master_key))
  const text = await legacy.inject({
    url: `/file_references/QwErTyUi/comments/export?format=txt&${new URLSearchParams(signedIn)}`,
  })
  assert.match(
    text.body,
    /^cut "v3"\.mov\nVersion 1 - Ana - \d+:\d\d[AP]M \w+ \d+(st|nd|rd|th), \d{4}\n\n000 - Ana - /,
  )
  assert.match(text.body, /Trim the head &amp; lift the mids\n\n\tAna - .*\n\tDone\n/)
  await call(`/comments/${first}/complete`)
  const gone = await call('/file_references/QwErTyUi/comments/delete', { comments: { 0: { id: plain.id } } })
  assert.deepEqual(gone, { messages: ['Successfully deleted comments'] })
  const after = (await call('/file_references/QwErTyUi')).file_reference.comments
  assert.deepEqual([after.length, after[0].completed], [1, '1'])
})

test('folders are made in index order, filled, moved, listed and deleted', async () => {
  const made = await call(`/folders/${ana.rootId}/folders`, {
    folders: { 10: { name: 'Ten' }, 9: { name: 'Nine' }, 2: { name: 'Two' } },
  })
  const folders = made.folders
  assert.deepEqual(
    folders.map((folder: Named) => folder.name),
    ['Two', 'Nine', 'Ten'],
  )
  const [two, nine, ten] = folders.map((folder: Named) => folder.id)
  await call(`/folders/${two}/move`, { folders: { 0: nine } })
  const uploaded = await call(`/folders/${nine}/file_references`, {
    file_references: {
      0: { name: 'a.mp4', filetype: 'video/mp4', filesize: '104857600', is_multipart: 'true', parts: '3' },
    },
  })
  const file = uploaded.file_references[0]
  assert.equal(file.multipart_urls.length, 3)
  assert.equal(decodeURIComponent(file.multipart_urls[0]), file.multipart_urls[0])
  assert.equal(Number.parseInt(file.filesize.split('.')[0], 10), 104857600)
  const early = await call(`/file_references/${file.id}/merge_parts`, {
    num_parts: 'dummy',
    upload_id: 'dummy',
  })
  assert.deepEqual(early, { errors: ['Not all parts have arrived'] })
  const inside = (await call(`/folders/${two}`, { aid: ana.projectId })).folder
  assert.deepEqual([inside.folders[0].id, inside.folders[0].item_count], [nine, '1'])
  const tree = (await call(`/projects/${ana.projectId}/folder_tree`)).folder_tree
  const branch = tree.folders.find((folder: Named) => folder.id === two)
  assert.equal(branch.folders[0].name, 'Nine')
  await call(`/folders/${ana.rootId}/folders/delete`, { folders: { 0: { id: ten } } })
  const left = (await call(`/folders/${ana.rootId}`)).folder.folders
  assert.ok(!left.some((folder: Named) => folder.id === ten))
})

test('what an old client cuts into parts of its own size arrives whole, an empty last part included', async () => {
  const bytes = Buffer.alloc(26 * 2 ** 20, 'frames')
  const made = await call(`/folders/${ana.rootId}/file_references`, {
    file_references: {
      0: { name: 'one.mov', filetype: 'video/quicktime', filesize: bytes.length, parts: 2, frontend_id: 7 },
    },
  })
  const file = made.file_references[0]
  assert.deepEqual([file.multipart_urls.length, file.parts, file.frontend_id], [2, '2', '7'])
  const cut = [bytes, Buffer.alloc(0)]
  for (const [number, body] of cut.entries()) {
    const url = decodeURIComponent(file.multipart_urls[number])
    const headers = { 'content-type': 'video/quicktime', 'x-amz-acl': 'private' }
    assert.equal((await fetch(url, { method: 'PUT', body, headers })).status, 200, `part ${number}`)
    assert.ok((await call(`/file_references/${file.id}/part_complete`, { part_num: `${number}` })).messages)
  }
  const merge = { num_parts: 'dummy', upload_id: 'dummy' }
  assert.ok((await call(`/file_references/${file.id}/merge_parts`, merge)).messages)
  const job = { process: 'new-upload', file_reference_id: file.id }
  assert.ok((await call('/worker/create_job', job)).messages)
  assert.equal((await call(`/file_references/${file.id}`)).file_reference.upload_state, 'processing')
})

test('a file cut into more parts than V2 takes is refused, and nothing of the call stays', async () => {
  const { folders } = await call(`/folders/${ana.rootId}/folders`, { folders: { 0: { name: 'Refused' } } })
  const refused = await call(`/folders/${folders[0].id}/file_references`, {
    file_references: {
      0: { name: 'fine.mov', filetype: 'video/quicktime', filesize: 1000, parts: 1 },
      1: { name: 'crumbs.mov', filetype: 'video/quicktime', filesize: 1000, parts: 100 },
    },
  })
  assert.match(refused.errors[0], /parts at most/)
  assert.deepEqual((await call(`/folders/${folders[0].id}`)).folder.file_references, [])
})

test('a review link is made of files by their old ids, shown, changed and deleted', async () => {
  const fileId = await buildFile(ana, 'shared.mov')
  await keepLegacyId('file_reference', 'ShArEdXx', fileId)
  const review_link = {
    name: 'Client',
    project_key: ana.projectId,
    file_reference_keys: ['ShArEdXx'],
    password: 'open sesame',
    enable_downloading: '1',
    expires_at: '4102444800',
  }
  const { review_link: link } = await call('/review_links/create', { review_link })
  assert.deepEqual(
    [link.file_references[0].id, link.item_count, link.has_password, link.password, link.expires_at],
    ['ShArEdXx', '1', '1', 'JTNullValue', '4102444800'],
  )
  assert.deepEqual(link.version_stacks, [])
  await call(`/review_links/${link.id}/update`, { review_link: { is_active: '0' } })
  assert.equal((await call(`/review_links/${link.id}`)).review_link.is_active, '0')
  const listed = await call(`/projects/${ana.projectId}/review_links`)
  assert.deepEqual([listed.review_links.length, listed.review_links[0].name], [1, 'Client'])
  await call(`/review_links/${link.id}/delete`)
  assert.deepEqual((await call(`/projects/${ana.projectId}/review_links`)).review_links, [])
})

test('versions stack oldest first', async () => {
  const [one, two, three] = [
    await buildFile(ana, 'v1.mov'),
    await buildFile(ana, 'v2.mov'),
    await buildFile(ana, 'v3.mov'),
  ]
  const files = { folder_key: ana.rootId, file_references: { 0: { id: one }, 1: { id: two } } }
  const { version_stack: stack } = await call('/version_stacks/create', files)
  const grown = await call(`/version_stacks/${stack.id}/file_references`, { file_references: [three] })
  assert.equal(grown.version_stack.file_reference_keys, JSON.stringify([one, two, three]))
  const shown = (await call(`/version_stacks/${stack.id}`)).version_stack
  assert.deepEqual(
    shown.file_references.map((file: Named) => file.name),
    ['v1.mov', 'v2.mov', 'v3.mov'],
  )
  assert.equal(shown.cover_file_reference_key, three)
  assert.equal(shown.file_references[2].version_of_key, stack.id)
})

test('administration tells success; the project that an old client makes is under the path’s team', async () => {
  const made = await call(`/teams/${ana.teamId}/projects`, {
    project: { name: 'QA', private: '0', team_id: 'JTNullValue', shared: '0', ignore_archive: '0' },
    project_preferences: { collaborator_can_download: '0', email_for_new_video: '0' },
    preferences: { email_for_new_person: '1' },
    slack_notifications_pref: '0',
    private: '0',
  })
  const project = made.project
  assert.equal(project.team_id, ana.teamId)
  const prefs = JSON.parse(project.project_prefs)
  assert.deepEqual([prefs.collaborator_can_download, prefs.email_for_new_video], ['0', '0'])
  const listed = await legacy.inject({
    url: `/teams/${ana.teamId}/projects`,
    headers: { authorization: `Bearer ${signedIn.t}` },
  })
  assert.ok(listed.json().projects.some(({ name }: Named) => name === 'QA'))
  const shared = await call('/projects/share', { pid: project.id, emails: await emailOf(bob) })
  assert.equal(shared.collaborators[0].id, bob.userId)
  assert.deepEqual(await call(`/projects/${project.id}/delete`), { success: true })
  assert.deepEqual(await call(`/projects/${project.id}/delete`), {
    success: false,
    errors: ['Could not find the requested resource'],
  })
  assert.deepEqual(await call(`/accounts/${ana.accountId}/billing`), {
    errors: ['This call has been retired'],
  })
})

test('foreign and absent answer alike here as in V2, by old and by new ids, also for writes (AB18)', async () => {
  const foreign = await buildFile(bob, 'secret.mov')
  await keepLegacyId('file_reference', 'BobsFile', foreign)
  await keepLegacyId('project', 'BobsProj', bob.projectId)
  const absent = { errors: ['Could not find the requested resource'] }
  const paths = [
    '/file_references/BobsFile',
    `/file_references/${foreign}`,
    '/file_references/NoNoNoNo',
    '/file_references/bobsfile',
    '/file_references/00000000-0000-4000-8000-000000000000',
    '/file_references/%00%2f..',
    '/projects/BobsProj',
    '/projects/BobsProj/collaborators',
    `/folders/${bob.rootId}`,
    `/folders/${bob.rootId}/folders`,
    `/teams/${bob.teamId}`,
    `/accounts/${bob.accountId}`,
    `/users/${bob.userId}/data`,
    `/folders/${foreign}`,
  ]
  for (const path of paths) assert.deepEqual(await call(path, { folders: [{ name: 'x' }] }), absent, path)
  const write = await call('/file_references/BobsFile/comments', { comments: [{ text: 'hi' }] })
  assert.deepEqual(write, absent)
  const ours = await buildFile(ana, 'ours.mov')
  for (const path of [`/folders/${ours}`, `/version_stacks/${ours}`, `/file_references/${ana.rootId}`])
    assert.deepEqual(await call(path), absent, path)
  const authorization = `Bearer ${signedIn.t}`
  for (const path of ['file_reference/BobsFile', 'project/BobsProj', 'file_reference/NoNoNoNo', 'user/x']) {
    const answer = await v2.inject({ url: `/v2/legacy_ids/${path}`, headers: { authorization } })
    assert.equal(answer.statusCode, 404, path)
  }
  const lookUp = await v2.inject({
    method: 'POST',
    url: '/v2/legacy_ids',
    payload: { ids: [foreign, bob.projectId, ana.projectId] },
    headers: { authorization },
  })
  assert.deepEqual(
    lookUp.json().map(({ legacy_id }: { legacy_id: string }) => legacy_id),
    ['AsDfGhJk'],
  )
})

test('a list of many pages comes whole and in order', async () => {
  const root = await authorize(ana.ctx, Projects.addToAsset, ana.rootId)
  const { asset } = await Projects.createAsset(ana.ctx, root, { type: 'folder', name: 'Many' })
  const many = await authorize(ana.ctx, Projects.addToAsset, asset.id)
  for (let index = 0; index < 120; index++)
    await Projects.createAsset(ana.ctx, many, { type: 'folder', name: `${index}`, index })
  const { folder } = await call(`/folders/${asset.id}`)
  const names = folder.folders.map((child: Named) => Number(child.name))
  assert.deepEqual(names, [...Array(120).keys()])
})

test('an absent V2 is 503, in the legacy shape', async () => {
  await using alone = {
    app: await munger({ apiUrl: 'http://127.0.0.1:9' }),
    [Symbol.asyncDispose]: () => alone.app.close(),
  }
  const answer = await alone.app.inject({ method: 'POST', url: `/folders/${ana.rootId}`, payload: signedIn })
  assert.equal(answer.statusCode, 503)
  assert.deepEqual(answer.json(), { errors: ['The service is away, try again'] })
  assert.equal(answer.headers['retry-after'], '2')
})
