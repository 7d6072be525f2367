import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  Accounts,
  authorize,
  authorizeActor,
  Consumers,
  CoreError,
  contextFor,
  Log,
  Projects,
} from '@rushes/core'
import {
  buildComment,
  buildFile,
  buildWorld,
  type TestCore,
  testCore,
  type World,
} from '@rushes/core/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { supportTool } from './index.ts'

let core: TestCore
let server: FastifyInstance
let sue: World
let bob: World
let cookies: Record<string, string>
const password = 'correct horse battery'

before(async () => {
  core = await testCore()
  server = await supportTool(core.core, { trustedProxies: [] })
  sue = await buildWorld(core.core, 'Sue')
  bob = await buildWorld(core.core, 'Bob')
  await Accounts.makeStaff(system(), { email: await emailOf(sue), role: 'support' })
  cookies = { ...(await signIn(sue)).cookies, rushes_reason: 'T-4711 upload stuck' }
})
after(async () => {
  await server.close()
  await core[Symbol.asyncDispose]()
})

const system = () => contextFor(core.core, { kind: 'system', job: 'test' })

async function emailOf({ ctx, userId }: World): Promise<string> {
  return (await Accounts.readUsers(ctx, [userId])).get(userId)?.email ?? ''
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

async function post(url: string, fields: Record<string, string>, options: InjectOptions = {}) {
  const headers = { ...form, ...options.headers }
  return server.inject({
    ...options,
    method: 'POST',
    url,
    payload: String(new URLSearchParams(fields)),
    headers,
  })
}

async function signIn(world: World) {
  const answer = await post('/sign-in', { email: await emailOf(world), password })
  const made = answer.cookies.map(({ name, value }) => [name, value])
  return { answer, cookies: Object.fromEntries(made) as Record<string, string> }
}

async function json(url: string, sent: Record<string, string> = cookies) {
  const answer = await server.inject({ url, cookies: sent, headers: { accept: 'application/json' } })
  return { status: answer.statusCode, body: answer.json(), text: answer.body }
}

async function page(url: string, sent: Record<string, string> = cookies) {
  return server.inject({ url, cookies: sent, headers: { accept: 'text/html' } })
}

async function looks() {
  const events = await core.database.db.kysely
    .selectFrom('events')
    .select(['actor', 'data', 'account_id', 'meta'])
    .where('type', '=', 'support.viewed')
    .orderBy('id')
    .execute()
  return events.map(({ actor, data, account_id }) => ({ actor, data, account_id }))
}

test('there is no Support Tool for who isn’t staff, signed in or not', async () => {
  const refused = await signIn(bob)
  assert.equal(refused.answer.statusCode, 403)
  assert.deepEqual(refused.cookies, {})
  const open = core.database.db.kysely.selectFrom('sessions').select('id').where('user_id', '=', bob.userId)
  assert.deepEqual(await open.where('revoked_at', 'is', null).execute(), [])
  const wrong = await post('/sign-in', { email: await emailOf(sue), password: 'nonsense' })
  assert.equal(wrong.statusCode, 401)
  const anyone = contextFor(core.core, { kind: 'anonymous' })
  const web = await Accounts.signIn(anyone, authorizeActor(anyone, Accounts.everyone), {
    email: await emailOf(bob),
    password,
  })
  const before = (await looks()).length
  for (const url of [
    '/system',
    `/accounts/${bob.accountId}`,
    '/accounts?email=bob@example.com',
    '/nowhere',
  ]) {
    const status = url === '/nowhere' ? 404 : 401
    assert.equal((await json(url, {})).status, status, url)
    assert.equal((await json(url, { rushes_staff: web.token, rushes_reason: 'I want to' })).status, 404, url)
  }
  const signedOut = await page('/system', {})
  assert.deepEqual([signedOut.statusCode, signedOut.headers.location], [303, '/sign-in'])
  assert.equal((await looks()).length, before)
})

test('without a reason nothing is shown and nothing is read (AB19)', async () => {
  const { rushes_reason: _, ...bare } = cookies
  const before = (await looks()).length
  for (const url of ['/system', `/accounts/${bob.accountId}`, `/accounts?email=${await emailOf(bob)}`]) {
    for (const reason of [{}, { rushes_reason: '' }, { rushes_reason: ' x ' }]) {
      const refused = await json(url, { ...bare, ...reason } as Record<string, string>)
      assert.equal(refused.status, 403, url)
      assert.doesNotMatch(refused.text, /Bob|example\.com/)
    }
    const asked = await page(url, bare)
    assert.equal(asked.statusCode, 403)
    assert.match(asked.body, /Why are you looking\?/)
    assert.doesNotMatch(asked.body, /Bob’s|Bob&#39;s/)
  }
  assert.equal((await looks()).length, before)
})

test('a reason is kept for an hour and leads back, never away (AB30)', async () => {
  const { rushes_reason: _, ...bare } = cookies
  const said = await post('/reason', { reason: 'T-1 looking', next: '/system' }, { cookies: bare })
  assert.deepEqual([said.statusCode, said.headers.location], [303, '/system'])
  const kept = said.cookies.find(({ name }) => name === 'rushes_reason')
  assert.deepEqual(
    [kept?.value, kept?.maxAge, kept?.httpOnly, kept?.sameSite],
    ['T-1 looking', 3600, true, 'Strict'],
  )
  for (const next of ['//evil', '/\\evil', 'https:evil', 'javascript:alert(1)', '/\tevil', '\\/evil', '']) {
    const away = await post('/reason', { reason: 'T-1 looking', next }, { cookies: bare })
    assert.equal(away.headers.location, '/', next)
  }
  assert.equal((await post('/reason', { reason: 'x', next: '/' }, { cookies: bare })).statusCode, 422)
})

test('an account is found by the e-mail of anybody in it', async () => {
  const email = await emailOf(bob)
  const guest = await buildWorld(core.core, 'Col')
  const project = await authorize(bob.ctx, Projects.inviteToProject, bob.projectId)
  await Projects.addCollaborator(bob.ctx, project, { email: await emailOf(guest) })
  await Projects.addCollaborator(bob.ctx, project, { email: 'nobody-yet@example.com' })
  const found = async (who: string) =>
    (await json(`/accounts?email=${encodeURIComponent(who)}`)).body.map(
      ({ id, standing }: Accounts.FoundAccount) => `${id} ${standing}`,
    )
  assert.deepEqual(await found(email.toUpperCase()), [`${bob.accountId} owner`])
  assert.deepEqual(await found(await emailOf(guest)), [
    `${guest.accountId} owner`,
    `${bob.accountId} collaborator`,
  ])
  assert.deepEqual(await found('nobody-yet@example.com'), [`${bob.accountId} invited`])
  assert.deepEqual(await found('%@example.com'), [])
  assert.equal((await json('/accounts?email=x')).status, 422)
  const shown = await page(`/accounts?email=${encodeURIComponent(email)}`)
  assert.match(shown.body, new RegExp(`<a href="/accounts/${bob.accountId}">Bob&#39;s account</a>`))
})

test('an account is shown with people, teams, projects and what is wrong, and no secret of it', async () => {
  const fileId = await buildFile(bob, 'cut <b>.mov', 5000)
  await buildComment(bob, fileId)
  const team = await authorize(bob.ctx, Accounts.createWebhookPolicy, bob.teamId)
  const { secret } = await Projects.createWebhook(bob.ctx, team, {
    name: 'Slack',
    url: 'https://user:pw@hooks.example.com/T0KEN/path?key=S3CRET',
    events: ['comment.created'],
  })
  await core.database.db.kysely
    .updateTable('assets')
    .set({ status: 'failed' })
    .where('id', '=', fileId)
    .execute()
  const person = authorizeActor(bob.ctx, Accounts.withSession)
  const { token } = await Accounts.createDeveloperToken(bob.ctx, person, {
    description: 'x',
    scopes: ['asset.read'],
  })
  const { status, body, text } = await json(`/accounts/${bob.accountId}`)
  assert.equal(status, 200)
  assert.deepEqual(
    [body.account.owner.id, body.account.storage, body.account.file_count],
    [bob.userId, 5000, 1],
  )
  assert.deepEqual(
    [body.teams[0].project_count, body.projects[0].id, body.failed_files[0].id],
    [1, bob.projectId, fileId],
  )
  const shown = await page(`/accounts/${bob.accountId}`)
  assert.match(shown.body, /cut &lt;b&gt;\.mov/)
  const hash = (
    await core.database.db.kysely
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', bob.userId)
      .executeTakeFirstOrThrow()
  ).password_hash
  for (const answer of [text, shown.body]) {
    for (const hidden of [secret, token, hash, '$argon2', 'T0KEN', 'S3CRET', 'user:pw'])
      assert.ok(hidden && !answer.includes(hidden), `${hidden} is shown`)
    assert.ok(answer.includes('https://hooks.example.com'))
  }
  for (const id of ['00000000-0000-4000-8000-000000000000', 'x', bob.userId])
    assert.equal((await json(`/accounts/${id}`)).status, 404)
})

/** Runs the audits lane until it has heard all; other databases' writers may hold it back for a moment. */
async function auditEverything(): Promise<void> {
  const lease = await Log.takeLease(core.core, 'audits', 'test')
  assert.ok(lease)
  do await Log.stepLane(core.core, lease, Consumers.recordAudits, 500)
  while ((await Log.readLanes(core.core))[0]?.lag_events !== 0)
}

test('every look is in the log with who, why and what, and in the account’s own audit log', async () => {
  const before = (await looks()).length
  await json('/accounts?email=who@example.com')
  await page(`/accounts/${bob.accountId}`)
  await json('/system')
  const actor = { kind: 'staff', id: sue.userId }
  const reason = 'T-4711 upload stuck'
  assert.deepEqual((await looks()).slice(before), [
    { actor, data: { page: 'search', reason, query: 'who@example.com' }, account_id: null },
    { actor, data: { page: 'account', reason, query: null }, account_id: bob.accountId },
    { actor, data: { page: 'system', reason, query: null }, account_id: null },
  ])
  await auditEverything()
  const account = await authorize(bob.ctx, Accounts.readAudits, bob.accountId)
  const input = Projects.ListAudits.parse({ filter: { action: 'SupportViewed' } })
  const { rows } = await Projects.listAudits(bob.ctx, account, input)
  assert.equal(rows[0]?.actor?.id, sue.userId)
  assert.deepEqual(rows[0]?.audit.details, { page: 'account', reason, query: null })
  assert.match((await page(`/accounts/${bob.accountId}`)).body, /SupportViewed.*badge warn">staff/s)
  const { body } = await json('/system')
  assert.deepEqual([body.lanes[0].name, typeof body.lanes[0].lag_events], ['audits', 'number'])
})

test('a look that can’t be written down isn’t taken', async () => {
  await using broken = await brokenLog()
  const answer = await broken.server.inject({
    url: `/accounts/${bob.accountId}`,
    cookies,
    headers: { accept: 'application/json' },
  })
  assert.equal(answer.statusCode, 503)
  assert.doesNotMatch(answer.body, /Bob/)
})

/** The same database to read from, and none to write to. */
async function brokenLog() {
  const failing = new Proxy(
    {},
    { get: () => () => ({ execute: () => Promise.reject(new CoreError('unavailable')) }) },
  )
  const support = await supportTool({ ...core.core, writer: failing as never }, { trustedProxies: [] })
  return { server: support, [Symbol.asyncDispose]: () => support.close() }
}

test('staff look and never write, whatever they are handed (AB19)', async () => {
  const person = authorizeActor(
    { ...sue.ctx, actor: { kind: 'user', userId: sue.userId, scopes: null, via: 'test' } },
    Accounts.withSession,
  )
  const ctx = await Accounts.actAsStaff(sue.ctx, person, 'T-1 a look')
  const fileId = await buildFile(bob)
  const commentId = await buildComment(bob, fileId)
  const writes = [
    [Projects.addToAsset, bob.rootId],
    [Projects.updateAssetPolicy, fileId],
    [Projects.deleteAssetPolicy, fileId],
    [Projects.labelAssetPolicy, fileId],
    [Projects.restoreAssetPolicy, fileId],
    [Projects.commentOnAsset, fileId],
    [Projects.replyToComment, commentId],
    [Projects.updateCommentPolicy, commentId],
    [Projects.deleteCommentPolicy, commentId],
    [Projects.completeCommentPolicy, commentId],
    [Projects.likeCommentPolicy, commentId],
    [Projects.updateProjectPolicy, bob.projectId],
    [Projects.deleteProjectPolicy, bob.projectId],
    [Projects.inviteToProject, bob.projectId],
    [Projects.shareProject, bob.projectId],
    [Accounts.createTeamPolicy, bob.accountId],
    [Accounts.updateTeamPolicy, bob.teamId],
    [Accounts.createProjectPolicy, bob.teamId],
    [Accounts.createWebhookPolicy, bob.teamId],
  ] as const
  for (const [policy, id] of writes)
    await assert.rejects(authorize<object, string>(ctx, policy, id), { code: 'forbidden' }, policy.name)
  assert.throws(() => authorizeActor(ctx, Accounts.withSession), { code: 'unauthenticated' })
  await assert.rejects(Accounts.makeStaff(ctx, { email: await emailOf(bob), role: 'admin' }), {
    code: 'forbidden',
  })
  await assert.rejects(Accounts.makeStaff(bob.ctx, { email: await emailOf(bob), role: 'admin' }), {
    code: 'forbidden',
  })
})

test('who stops being staff, or signs out, is out at once', async () => {
  const max = await buildWorld(core.core, 'Max')
  await Accounts.makeStaff(system(), { email: await emailOf(max), role: 'admin' })
  const own = { ...(await signIn(max)).cookies, rushes_reason: 'T-2 checking' }
  assert.equal((await json('/system', own)).status, 200)
  await Accounts.makeStaff(system(), { email: await emailOf(max), role: null })
  assert.equal((await json('/system', own)).status, 404)
  await Accounts.makeStaff(system(), { email: await emailOf(max), role: 'admin' })
  assert.equal((await post('/sign-out', {}, { cookies: own })).statusCode, 303)
  assert.equal((await json('/system', own)).status, 401)
})

test('another page can’t send our forms, frame ours, or run anything in them', async () => {
  const foreign = [
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'http://localhost:8700' },
    { origin: 'null' },
  ]
  for (const headers of foreign) {
    const refused = await post('/reason', { reason: 'T-1 looking', next: '/' }, { cookies, headers })
    assert.equal(refused.statusCode, 403, JSON.stringify(headers))
  }
  const shown = await page('/system')
  const policy = String(shown.headers['content-security-policy'])
  assert.match(policy, /default-src 'none'/)
  assert.doesNotMatch(policy, /unsafe|script-src/)
  assert.doesNotMatch(shown.body, /<script|style=|\son\w+=/i)
  assert.equal(shown.headers['cache-control'], 'no-store')
  assert.equal(shown.headers['x-frame-options'], 'DENY')
})
