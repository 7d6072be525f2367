import { type Call, uuidParam } from '../call.ts'
import { read, write } from '../endpoint.ts'
import { notFound } from '../legacy-error.ts'
import { accountRecord } from '../records/account.ts'
import { teamRecord } from '../records/team.ts'
import { userRecord } from '../records/user.ts'
import { rows } from '../rows.ts'
import type { V2Account, V2Notification, V2Project, V2Team, V2User } from '../v2/resources.ts'
import { epoch, flag, type LegacyRecord, text } from '../wire/codec.ts'
import { needText, readIds } from '../wire/parameters.ts'
import { projectRecords } from './projects.ts'
import { teamMembers, teamProjects } from './teams.ts'

/** The person themselves: V2 shows nobody else by id. */
async function needSelf(call: Call): Promise<V2User> {
  if (uuidParam(call) !== call.userId) throw notFound()
  return call.v2.get<V2User>('/v2/me')
}

/** Everything that a person can reach, as old clients want it after signing in. */
async function data(call: Call): Promise<LegacyRecord> {
  const user = await needSelf(call)
  const [teams, shared] = await Promise.all([
    call.v2.list<V2Team>('/v2/teams'),
    call.v2.list<V2Project>('/v2/projects/shared'),
  ])
  const account = accounts(call)
  return {
    user: {
      ...userRecord(user),
      teams: rows(teams, (page) => Promise.all(page.map((team) => fullTeam(call, team, account)))),
      shared_projects: rows(shared, (page) => projectRecords(call, page)),
    },
  }
}

type ReadAccount = (id: string) => Promise<LegacyRecord>

async function fullTeam(call: Call, team: V2Team, account: ReadAccount): Promise<LegacyRecord> {
  const [members, projects, own] = await Promise.all([
    teamMembers(call, team.id),
    teamProjects(call, team.id),
    account(team.account_id),
  ])
  return { ...teamRecord(team), members, projects, account: own }
}

/** Reads each account once, however many of its teams the person is in. */
function accounts({ v2 }: Call): ReadAccount {
  const known = new Map<string, Promise<LegacyRecord>>()
  return (id) => {
    const found = known.get(id) ?? v2.get<V2Account>(`/v2/accounts/${id}`).then(accountRecord)
    known.set(id, found)
    return found
  }
}

async function createTeam(call: Call): Promise<LegacyRecord> {
  const { account_id } = await needSelf(call)
  if (!account_id) throw notFound()
  const body = { name: needText(call.params, 'name') }
  const team = await call.v2.post<V2Team>(`/v2/accounts/${account_id}/teams`, body)
  return { team: teamRecord(team), messages: ['Successfully created team'] }
}

async function notifications(call: Call): Promise<LegacyRecord> {
  await needSelf(call)
  const found = await call.v2.list<V2Notification>('/v2/notifications')
  return {
    notifications: rows(found, async (page) => {
      const legacy = await call.legacyIds(page.flatMap(({ project_id, asset_id }) => [project_id, asset_id]))
      return page.map((notice) => ({
        id: notice.id,
        user_key: call.userId,
        type: notice.type,
        text: notice.text,
        actor_key: text(notice.actor.id),
        project_key: legacy(notice.project_id),
        file_reference_key: legacy(notice.asset_id),
        comment_key: text(notice.comment_id),
        read: flag(notice.read_at !== null),
        created_at_integer: epoch(notice.inserted_at),
      }))
    }),
  }
}

export const users = [
  read('/users/:id/data', data),
  read('/users/:id', async (call) => ({ user: userRecord(await needSelf(call)) })),
  read('/users/:id/teams', async (call) => {
    await needSelf(call)
    return { teams: rows(await call.v2.list<V2Team>('/v2/teams'), (page) => page.map(teamRecord)) }
  }),
  write('/users/:id/teams/create', createTeam),
  read('/users/:id/notifications', notifications),
  write('/users/:id/notifications/read', async (call) => {
    await needSelf(call)
    const ids = readIds(call.params, 'notifications')
    await call.v2.post('/v2/notifications/read', ids.length > 0 ? { ids } : {})
    return { messages: ['Successfully read notifications'] }
  }),
]
