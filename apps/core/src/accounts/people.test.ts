import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newToken } from '@rushes/auth'
import { sql } from 'kysely'
import { recordNotifications } from '../consumers/notifications.ts'
import { type Ctx, contextFor, transact } from '../context.ts'
import type { JobName } from '../jobs.ts'
import { jobs } from '../jobs.ts'
import { readProjectLog } from '../log/read-project.ts'
import { authorize, authorizeActor } from '../policy.ts'
import { inviteToProject, readProject } from '../projects/policies/project.ts'
import {
  addCollaborator,
  listPendingCollaborators,
  removeCollaborator,
} from '../projects/services/collaborators.ts'
import { asUser, buildWorld, type TestCore, testCore, type World } from '../testing.ts'
import {
  acceptInvitation,
  addTeamMember,
  authenticate,
  changePassword,
  everyone,
  RequestPasswordReset,
  readInvitation,
  requestPasswordReset,
  resetPassword,
  signIn,
  signUp,
  updateTeamPolicy,
  withSession,
} from './index.ts'

let it: TestCore
let ana: World
let nobody: Ctx
let anyone: ReturnType<typeof authorizeActor<object, 'everyone'>>
const password = 'correct horse battery'

before(async () => {
  it = await testCore()
  ana = await buildWorld(it.core)
  nobody = contextFor(it.core, { kind: 'anonymous' })
  anyone = authorizeActor(nobody, everyone)
})
after(() => it[Symbol.asyncDispose]())

/** Does what was enqueued, as the queue would. */
async function work(): Promise<void> {
  const run = { signal: new AbortController().signal, attempt: 1, attempts: 1 }
  for (const { name, payload } of it.enqueued.splice(0))
    await jobs[name as JobName].run(contextFor(it.core, { kind: 'system', job: name }), payload as never, run)
}

async function invite(email: string, world = ana): Promise<void> {
  const project = await authorize(world.ctx, inviteToProject, world.projectId)
  await addCollaborator(world.ctx, project, { email, message: 'Have a look' })
  await work()
}

function tokenOf(url: string | undefined): string {
  const { pathname, search, hash } = new URL(url ?? '')
  assert.ok(!`${pathname}${search}`.includes('rsm-'))
  return hash.slice(1)
}

const invited = (email: string) => it.mails.invitations.filter((mail) => mail.email === email)
const lastInvitation = (email: string) => tokenOf(invited(email).at(-1)?.url)
const lastReset = (email: string) =>
  tokenOf(it.mails.resets.filter((mail) => mail.email === email).at(-1)?.url)
const emailOf = async (userId: string) => {
  const { rows } = await sql<{ email: string }>`select email from users where id = ${userId}`.execute(
    it.core.db,
  )
  return rows[0]?.email ?? ''
}

const GONE = {
  code: 'invalid',
  problems: [{ field: 'token', detail: 'This link is not valid any more. Ask for a new one.' }],
}

test('an invited e-mail becomes a person who is in everywhere it waited, once', async () => {
  const email = 'Bo@example.com'
  await invite(email)
  const team = await authorize(ana.ctx, updateTeamPolicy, ana.teamId)
  await addTeamMember(ana.ctx, team, { email: 'bo@EXAMPLE.com', role: 'member' })
  await work()
  const [first, second] = [...invited('Bo@example.com'), ...invited('bo@EXAMPLE.com')]
  assert.deepEqual(
    [first?.inviter, first?.place, first?.note, second?.place],
    ['Ana', "Ana's project", 'Have a look', "Ana's account"],
  )
  const token = tokenOf(first?.url)
  const { places, inviter, registered } = await readInvitation(nobody, anyone, { token })
  assert.deepEqual([inviter, registered, places.map(({ kind }) => kind)], ['Ana', false, ['team', 'project']])
  const tries = await Promise.allSettled(
    Array.from({ length: 5 }, () => acceptInvitation(nobody, anyone, { token, name: 'Bo', password })),
  )
  const done = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  assert.equal(done.length, 1, 'the token opens once however many try')
  const { user_id, session } = done[0]!
  assert.equal((await authenticate(it.core, session?.token ?? ''))?.kind, 'user')
  const bo = asUser(it.core, user_id)
  const project = await authorize(bo, readProject, ana.projectId)
  assert.equal(project.role, 'member')
  assert.equal((await listPendingCollaborators(bo, project, { page: 1, page_size: 9 })).total, 0)
  await assert.rejects(readInvitation(nobody, anyone, { token: tokenOf(second?.url) }), GONE)
  const log = await readProjectLog(ana.ctx, ana.projectId, 0, 100)
  const joined = log.filter(({ type }) => type === 'collaborator.created')
  assert.deepEqual(
    joined.map(({ actor, data }) => [actor.id, (data as { user_id: string | null }).user_id]),
    [
      [ana.userId, null],
      [user_id, user_id],
    ],
  )
  const di = await buildWorld(it.core, 'Di')
  await invite(await emailOf(di.userId))
  const told = (await readProjectLog(ana.ctx, ana.projectId, 0, 100)).filter(
    ({ type }) => type === 'collaborator.created',
  )
  await transact(it.core.writer, (tx) => recordNotifications(tx, told as never))
  const { rows } = await sql<{ text: string }>`select text from notifications
    where user_id in (${ana.userId}, ${user_id}) order by event_id, text`.execute(it.core.db)
  assert.deepEqual(
    rows.map(({ text }) => text),
    ["Ana invited somebody to Ana's project", "Bo joined Ana's project", "Ana added Di to Ana's project"],
  )
})

test('unknown, mistyped, used, expired and withdrawn invitations look the same', async () => {
  const email = 'gone@example.com'
  await invite(email)
  const token = lastInvitation(email)
  const accept = (given: string) => acceptInvitation(nobody, anyone, { token: given, name: 'X', password })
  const unknown = newToken('mail')
  for (const bad of ['', 'rsm-x', unknown, `${token.slice(0, -1)}!`]) await assert.rejects(accept(bad), GONE)
  await sql`update mail_tokens set expires_at = now() - interval '1 second' where email = ${email}`.execute(
    it.database.db.kysely,
  )
  await assert.rejects(accept(token), GONE)
  await sql`update mail_tokens set expires_at = now() + interval '1 day' where email = ${email}`.execute(
    it.database.db.kysely,
  )
  const project = await authorize(ana.ctx, inviteToProject, ana.projectId)
  await removeCollaborator(ana.ctx, project, { email })
  await assert.rejects(accept(token), GONE)
  const { rows } = await sql`select from users where email = ${email}`.execute(it.core.db)
  assert.equal(rows.length, 0)
})

test('adding again mails again only after a while, and an e-mail gets ten a day', async () => {
  const email = 'often@example.com'
  await invite(email)
  await invite(email)
  assert.equal(invited(email).length, 1)
  for (let n = 0; n < 12; n++) {
    await sql`update mail_tokens set sent_at = sent_at - interval '11 minutes' where email = ${email}`.execute(
      it.database.db.kysely,
    )
    await invite(email)
  }
  assert.equal(invited(email).length, 10)
})

test('a mail that fails is tried again', async () => {
  const email = 'retry@example.com'
  const { invitation } = it.core.mail
  it.core.mail.invitation = () => Promise.reject(new Error('down'))
  await assert.rejects(invite(email), /down/)
  it.core.mail.invitation = invitation
  await invite(email)
  assert.equal(invited(email).length, 1)
})

test('an invitation for somebody who has an account is theirs alone', async () => {
  const email = 'cy@example.com'
  await invite(email)
  const token = lastInvitation(email)
  const { user_id } = await signUp(nobody, anyone, { name: 'Cy', email, password })
  for (const ctx of [nobody, ana.ctx, asUser(it.core, user_id, ['project.read'])])
    await assert.rejects(acceptInvitation(ctx, anyone, { token, name: 'Cy', password }), {
      code: 'forbidden',
    })
  await assert.rejects(resetPassword(nobody, anyone, { token, password }), GONE)
  const cy = asUser(it.core, user_id)
  assert.deepEqual(await acceptInvitation(cy, anyone, { token }), { user_id, session: null })
  assert.equal((await authorize(cy, readProject, ana.projectId)).role, 'collaborator')
})

test('an e-mail that somebody signed up with, unproven, is invited before it gets in (AB43)', async () => {
  const email = 'taken@example.com'
  const { user_id } = await signUp(nobody, anyone, { name: 'Squatter', email, password })
  const squatter = asUser(it.core, user_id)
  await invite(email)
  const team = await authorize(ana.ctx, updateTeamPolicy, ana.teamId)
  assert.equal((await addTeamMember(ana.ctx, team, { email, role: 'member' })).pending, true)
  await assert.rejects(authorize(squatter, readProject, ana.projectId), { code: 'not_found' })
  const token = tokenOf(invited(email).at(-1)?.url)
  await acceptInvitation(squatter, anyone, { token })
  assert.ok(await authorize(squatter, readProject, ana.projectId))
})

test('somebody signed in can not take up an invitation of another e-mail', async () => {
  const email = 'other@example.com'
  await invite(email)
  await assert.rejects(
    acceptInvitation(ana.ctx, anyone, { token: lastInvitation(email), name: 'X', password }),
    { code: 'forbidden' },
  )
  const token = lastInvitation(email)
  assert.ok((await acceptInvitation(nobody, anyone, { token, name: 'Other', password })).session)
})

const ask = (email: string, ip: string | null = null) =>
  requestPasswordReset({ ...nobody, ip }, anyone, { email })

test('a reset ends sessions, earlier links and itself', async () => {
  const di = await buildWorld(it.core, 'Di')
  const email = await emailOf(di.userId)
  const old = await signIn(nobody, anyone, { email, password })
  await ask(email.toUpperCase())
  await work()
  const earlier = lastReset(email)
  await ask(email)
  await work()
  const token = lastReset(email)
  const fresh = 'a wholly new password'
  await assert.rejects(resetPassword(nobody, anyone, { token: earlier, password: fresh }), GONE)
  await assert.rejects(acceptInvitation(nobody, anyone, { token, name: 'X', password }), GONE)
  const made = await resetPassword(nobody, anyone, { token, password: fresh })
  assert.equal(made.user_id, di.userId)
  assert.equal(await authenticate(it.core, old.token), null)
  assert.equal((await authenticate(it.core, made.token))?.kind, 'user')
  await assert.rejects(resetPassword(nobody, anyone, { token, password: fresh }), GONE)
  await assert.rejects(signIn(nobody, anyone, { email, password }), { code: 'unauthenticated' })
  await signIn(nobody, anyone, { email, password: fresh })
  await ask(email)
  await work()
  await sql`update mail_tokens set expires_at = now() where email = ${email}`.execute(it.database.db.kysely)
  await assert.rejects(resetPassword(nobody, anyone, { token: lastReset(email), password }), GONE)
})

test('asking for a reset says and does the same whether or not somebody is known', async () => {
  const known = await emailOf(ana.userId)
  const sent = it.mails.resets.length
  for (const email of [known, 'nobody@example.com']) {
    it.enqueued.length = 0
    assert.equal(await ask(email), null)
    assert.deepEqual(
      it.enqueued.map(({ name }) => name),
      ['password-reset.send'],
    )
    await work()
    await ask(email)
    await ask(email)
    await assert.rejects(ask(email), { code: 'rate_limited' })
  }
  assert.deepEqual(
    it.mails.resets.slice(sent).map(({ email }) => email),
    [known],
  )
  it.enqueued.length = 0
})

test('an address asks for twenty, and an odd e-mail reaches nobody', async () => {
  for (let n = 0; n < 20; n++) await ask(`many${n}@example.com`, '192.0.2.7')
  await assert.rejects(ask('one.more@example.com', '192.0.2.7'), { code: 'rate_limited' })
  for (const email of ['"a@victim.com x"@evil.com', 'a@v.com\r\nBcc: e@e', 'a@v.com,b@v.com', 'a b@v.com'])
    assert.ok(!RequestPasswordReset.safeParse({ email }).success, email)
  it.enqueued.length = 0
})

test('changing a password needs the current one and ends all other sessions', async () => {
  const ed = await buildWorld(it.core, 'Ed')
  const email = await emailOf(ed.userId)
  const here = await signIn(nobody, anyone, { email, password })
  const there = await signIn(nobody, anyone, { email, password })
  const actor = await authenticate(it.core, here.token)
  const ctx = contextFor(it.core, actor!)
  const person = authorizeActor(ctx, withSession)
  const fresh = 'a wholly new password'
  for (let n = 0; n < 10; n++)
    await assert.rejects(changePassword(ctx, person, { current: 'wrong', password: fresh }), {
      code: 'invalid',
    })
  await assert.rejects(changePassword(ctx, person, { current: password, password: fresh }), {
    code: 'rate_limited',
  })
  await sql`delete from sign_in_attempts`.execute(it.database.db.kysely)
  await changePassword(ctx, person, { current: password, password: fresh })
  assert.ok(await authenticate(it.core, here.token))
  assert.equal(await authenticate(it.core, there.token), null)
  await signIn(nobody, anyone, { email, password: fresh })
})

test('an Idempotency-Key never stands in the way of a session', async () => {
  const fi = await buildWorld(it.core, 'Fi')
  const email = await emailOf(fi.userId)
  const ctx = { ...nobody, idempotency: { key: 'once', requestHash: Buffer.alloc(32) } }
  await ask(email)
  await work()
  const made = [
    await resetPassword(ctx, anyone, { token: lastReset(email), password }),
    await signIn(ctx, anyone, { email, password }),
    await signIn(ctx, anyone, { email, password }),
  ]
  for (const { token } of made) assert.ok(await authenticate(it.core, token))
})
