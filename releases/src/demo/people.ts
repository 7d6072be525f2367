import { randomBytes } from 'node:crypto'
import { Accounts, authorize, authorizeActor, type Core, type Ctx, contextFor, SCOPES } from '@rushes/core'
import { type DemoRole, PEOPLE, type PersonKey } from './cast.ts'
import type { Journal } from './journal.ts'

/** Somebody of the demo, as `demo.json` shows them. */
export interface DemoUser {
  name: string
  email: string
  password: string
  role: DemoRole
  /** A developer token for V2 with every scope. */
  token: string
}

export interface Cast {
  teamId: string
  users: DemoUser[]
  /** A context in which this person acts. */
  as(person: PersonKey): Ctx
}

/** Makes the people of the demo, with the account and team of the first of them. */
export async function makePeople(core: Core, { step }: Journal): Promise<Cast> {
  const system = contextFor(core, { kind: 'system', job: 'demo' }, { source: 'demo' })
  const password = await step('password', async () => randomBytes(9).toString('base64url'))
  const [owner, ...others] = PEOPLE
  const home = await step(owner.key, () =>
    Accounts.signUp(system, authorizeActor(system, Accounts.everyone), {
      ...owner,
      password,
      account_name: 'Northlight Films',
    }),
  )
  const ids = new Map<PersonKey, string>([[owner.key, home.user_id]])
  for (const { key, name, email } of others) {
    const person = { account_id: home.account_id, name, email, password }
    ids.set(key, (await step(key, () => Accounts.createPerson(system, person))).id)
  }
  const as = (person: PersonKey) =>
    contextFor(
      core,
      { kind: 'user', userId: ids.get(person)!, scopes: null, via: 'demo' },
      { source: 'demo' },
    )
  await step('staff', () => Accounts.makeStaff(system, { email: 'robin@rushes.example', role: 'support' }))
  await step('team', () => fillTeam(as('ana'), home.team_id))
  const users: DemoUser[] = []
  for (const { key, name, email, role } of PEOPLE)
    users.push({ name, email, password, role, token: await step(`${key} token`, () => makeToken(as(key))) })
  return { teamId: home.team_id, users, as }
}

async function fillTeam(ctx: Ctx, teamId: string): Promise<void> {
  const team = await authorize(ctx, Accounts.updateTeamPolicy, teamId)
  for (const { email, role } of PEOPLE)
    if (role === 'team_manager' || role === 'member') await Accounts.addTeamMember(ctx, team, { email, role })
}

async function makeToken(ctx: Ctx): Promise<string> {
  const person = authorizeActor(ctx, Accounts.withSession)
  const { token } = await Accounts.createDeveloperToken(ctx, person, {
    description: 'Demo',
    scopes: [...SCOPES],
  })
  return token
}
