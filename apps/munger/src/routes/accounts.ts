import { type Call, uuidParam } from '../call.ts'
import { read } from '../endpoint.ts'
import { accountRecord } from '../records/account.ts'
import { teamRecord } from '../records/team.ts'
import { rows } from '../rows.ts'
import type { V2Account, V2Team } from '../v2/resources.ts'

const account = async (call: Call) =>
  accountRecord(await call.v2.get<V2Account>(`/v2/accounts/${uuidParam(call)}`))

export const accounts = [
  read('/accounts/:id', async (call) => ({ account: await account(call) })),
  read('/accounts/:id/teams', async (call) => {
    const teams = await call.v2.list<V2Team>(`/v2/accounts/${uuidParam(call)}/teams`)
    return { teams: rows(teams, (page) => page.map(teamRecord)) }
  }),
  read('/accounts/:id/billing', async (call) => {
    const { plan = '', subscription = '' } = await account(call)
    return { plan, subscription }
  }),
]
