import type { Ctx } from '../../context.ts'
import type { ViewedAccount } from '../policies/staff.ts'
import {
  type AuditLine,
  type FailedFile,
  type HookState,
  readAuditLines,
  readFailedFiles,
  readHookStates,
  readStuckEvents,
  type StuckEvent,
} from './account-health.ts'
import {
  type PersonLine,
  type ProjectLine,
  readPeople,
  readProjectLines,
  readTeamLines,
  type TeamLine,
} from './account-inventory.ts'
import { recordLook } from './record-look.ts'

/** An account as support needs it: who, what, how much, and what is wrong. No secret of the tenant is in it. */
export interface AccountOverview {
  account: {
    id: string
    display_name: string
    company_name: string | null
    plan: string
    owner: PersonLine | null
    storage: number
    storage_limit: number | null
    file_count: number
    project_count: number
    inserted_at: string
    locked_at: string | null
    unpaid_at: string | null
    delinquent_at: string | null
    deleted_at: string | null
  }
  people: PersonLine[]
  teams: TeamLine[]
  projects: ProjectLine[]
  failed_files: FailedFile[]
  webhooks: HookState[]
  stuck_events: StuckEvent[]
  audits: AuditLine[]
}

/** Everything about one account that support may see; the look is in the account's audit log. */
export async function viewAccount(ctx: Ctx, account: ViewedAccount): Promise<AccountOverview> {
  await recordLook(ctx, { page: 'account', accountId: account.id })
  const { id } = account
  const [people, teams, projects, failed_files, webhooks, stuck_events, audits] = await Promise.all([
    readPeople(ctx, id),
    readTeamLines(ctx, id),
    readProjectLines(ctx, id),
    readFailedFiles(ctx, id),
    readHookStates(ctx, id),
    readStuckEvents(ctx, id),
    readAuditLines(ctx, id),
  ])
  const sum = (count: (team: TeamLine) => number) => teams.reduce((total, team) => total + count(team), 0)
  return {
    account: {
      id,
      display_name: account.display_name,
      company_name: account.company_name,
      plan: account.plan,
      owner: people.find((person) => person.id === account.owner_id) ?? null,
      storage: sum((team) => team.storage),
      storage_limit: account.storage_limit,
      file_count: sum((team) => team.file_count),
      project_count: sum((team) => team.project_count),
      inserted_at: account.inserted_at,
      locked_at: account.locked_at,
      unpaid_at: account.unpaid_at,
      delinquent_at: account.delinquent_at,
      deleted_at: account.deleted_at,
    },
    people,
    teams,
    projects,
    failed_files,
    webhooks,
    stuck_events,
    audits,
  }
}
