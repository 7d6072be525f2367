import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestUmbrella, testUmbrella } from './testing.ts'

let umbrella: TestUmbrella
before(async () => {
  umbrella = await testUmbrella({ apps: ['events', 'cron', 'mail', 'api', 'web'] })
})
after(() => umbrella[Symbol.asyncDispose]())

const password = 'correct horse battery'

/** Answers as this test reads them. */
interface Body {
  _type: string
  id: string
  sign_up: boolean
  user: { name: string; email: string } | null
}

/** A browser as far as the server can tell: it keeps its cookie and sends the client's header. */
function browser() {
  let cookie = ''
  return async <T = Body>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(umbrella.addresses.web + path, {
      method,
      headers: { cookie, 'x-rushes-client': 'test', 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return { status: answer.status, body: (await answer.json()) as T }
  }
}

interface CapturedMail {
  to: string
  subject: string
  text: string
}

/** The token in the newest mail to somebody, as the inbox page shows it once everything is done. */
async function mailed(to: string, path: string): Promise<string> {
  await umbrella.settle()
  const inbox = (await (await fetch(`${umbrella.addresses.mail}/messages.json`)).json()) as CapturedMail[]
  const mail = inbox.find((one) => one.to === to)
  const link = new URL(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? 'about:blank')
  assert.equal(`${link.origin}${link.pathname}${link.search}`, `${umbrella.addresses.web}${path}`)
  assert.equal((await fetch(link)).status, 200)
  return link.hash.slice(1)
}

test('invited by mail, in, forgetful, and in again', async () => {
  const ana = browser()
  await ana('POST', '/session/sign_up', { name: 'Ana', email: 'ana@example.com', password })
  const { body: teams } = await ana<Body[]>('GET', '/v2/teams')
  const { body: project } = await ana('POST', `/v2/teams/${teams[0]?.id}/projects`, {
    name: 'Harbour Lights',
  })
  const added = await ana('POST', `/v2/projects/${project.id}/collaborators`, { email: 'bo@example.com' })
  assert.equal(added.body._type, 'pending_collaborator')

  const bo = browser()
  const token = await mailed('bo@example.com', '/join')
  const shown = await bo('POST', '/session/invitation', { token })
  assert.deepEqual(shown.body, {
    _type: 'invitation',
    email: 'bo@example.com',
    inviter: 'Ana',
    registered: false,
    places: [{ kind: 'project', id: project.id, name: 'Harbour Lights' }],
  })
  const forged = await bo(
    'POST',
    '/session/invitation/accept',
    { token, name: 'Bo', password },
    { 'x-rushes-client': '' },
  )
  assert.equal(forged.status, 403)
  assert.equal(
    (await bo('POST', '/session/invitation/accept', { token, name: 'Bo', password: 'short' })).status,
    422,
  )
  const accepted = await bo('POST', '/session/invitation/accept', { token, name: 'Bo', password })
  assert.deepEqual([accepted.status, accepted.body.user?.email], [200, 'bo@example.com'])
  assert.equal((await bo('GET', `/v2/projects/${project.id}`)).status, 200)
  const { body: shared } = await bo<Body[]>('GET', '/v2/projects/shared')
  assert.deepEqual(
    shared.map(({ id }) => id),
    [project.id],
  )
  assert.equal((await browser()('POST', '/session/invitation', { token })).status, 422)

  const forgetful = browser()
  const [known, unknown] = [
    await forgetful('POST', '/session/reset', { email: 'bo@example.com' }),
    await forgetful('POST', '/session/reset', { email: 'nobody@example.com' }),
  ]
  assert.deepEqual([known.status, known.body], [unknown.status, unknown.body])
  const reset = await mailed('bo@example.com', '/reset')
  const fresh = 'a wholly new password'
  assert.equal(
    (await forgetful('POST', '/session/reset/confirm', { token: reset, password: fresh })).status,
    200,
  )
  assert.equal((await forgetful('GET', '/session')).body.user?.name, 'Bo')
  assert.equal((await bo('GET', '/session')).body.user, null)
  assert.equal((await bo('POST', '/session/reset/confirm', { token: reset, password: fresh })).status, 422)
  await umbrella.settle()
  const inbox = (await (await fetch(`${umbrella.addresses.mail}/messages.json`)).json()) as CapturedMail[]
  assert.deepEqual([...new Set(inbox.map(({ to }) => to))], ['bo@example.com'])

  const change = { current: fresh, password }
  assert.equal((await bo('PUT', '/session/password', change)).status, 401)
  assert.equal((await forgetful('PUT', '/session/password', { ...change, current: 'wrong' })).status, 422)
  assert.equal((await forgetful('PUT', '/session/password', change)).status, 200)
  const { user, sign_up } = (await forgetful('GET', '/session')).body
  assert.deepEqual([user?.name, sign_up], ['Bo', true])
})
