export { passwords } from './passwords.ts'
export {
  createTeamPolicy,
  type GrantedAccount,
  readAccount,
  readAccountHooks,
  readAudits,
} from './policies/account.ts'
export { everyone, type Person, signedIn, withSession } from './policies/person.ts'
export {
  type AccessibleTeam,
  createProjectPolicy,
  createWebhookPolicy,
  type GrantedTeam,
  readTeam,
  readTeamProjects,
  updateTeamPolicy,
} from './policies/team.ts'
export { authenticate } from './services/authenticate.ts'
export { CreatePerson, createPerson } from './services/create-person.ts'
export {
  CreateDeveloperToken,
  createDeveloperToken,
  type DeveloperToken,
  listDeveloperTokens,
  revokeDeveloperToken,
} from './services/developer-tokens.ts'
export { getMe, readUsers, type UserRow } from './services/get-me.ts'
export {
  type AccountDetail,
  type AccountMembership,
  getAccount,
  getAccountMembership,
  listAccounts,
} from './services/list-accounts.ts'
export { type NewSession, SignIn, signIn, signOut } from './services/sign-in.ts'
export { type NewAccount, SignUp, signUp } from './services/sign-up.ts'
export {
  AddTeamMember,
  addTeamMember,
  listTeamMembers,
  type Membership,
  removeTeamMember,
} from './services/team-members.ts'
export {
  CreateTeam,
  createTeam,
  getTeam,
  listAccountTeams,
  listTeams,
  type TeamDetail,
  updateTeam,
  WriteTeam,
} from './services/teams.ts'
