export { addressKeys, noteFailure, refuseTooMany } from './attempts.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export {
  createTeamPolicy,
  type GrantedAccount,
  readAccount,
  readAccountHooks,
  readAudits,
} from './policies/account.ts'
export { everyone, type Person, signedIn, withSession } from './policies/person.ts'
export { staffOnly, type ViewedAccount, viewAccountPolicy } from './policies/staff.ts'
export {
  type AccessibleTeam,
  createProjectPolicy,
  createWebhookPolicy,
  type GrantedTeam,
  readTeam,
  readTeamProjects,
  updateTeamPolicy,
} from './policies/team.ts'
export {
  type Accepted,
  AcceptInvitation,
  acceptInvitation,
} from './services/accept-invitation.ts'
export type { AuditLine, FailedFile, HookState, StuckEvent } from './services/account-health.ts'
export type { PersonLine, ProjectLine, TeamLine } from './services/account-inventory.ts'
export { actAsStaff, getStaffMember, type StaffMember, StaffReason } from './services/act-as-staff.ts'
export { authenticate } from './services/authenticate.ts'
export { ChangePassword, changePassword } from './services/change-password.ts'
export { CreatePerson, createPerson } from './services/create-person.ts'
export {
  CreateDeveloperToken,
  createDeveloperToken,
  type DeveloperToken,
  listDeveloperTokens,
  revokeDeveloperToken,
} from './services/developer-tokens.ts'
export { enqueueInvitation } from './services/enqueue-invitation.ts'
export { FindAccounts, type FoundAccount, findAccounts } from './services/find-accounts.ts'
export { getMe, readUsers, type UserRow } from './services/get-me.ts'
export {
  type AccountDetail,
  type AccountMembership,
  getAccount,
  getAccountMembership,
  listAccounts,
} from './services/list-accounts.ts'
export { MakeStaff, makeStaff } from './services/make-staff.ts'
export type { NewSession } from './services/open-session.ts'
export {
  type Invitation,
  type Place,
  ReadInvitation,
  readInvitation,
} from './services/read-invitation.ts'
export {
  RequestPasswordReset,
  ResetPassword,
  requestPasswordReset,
  resetPassword,
} from './services/reset-password.ts'
export { SignIn, signIn, signOut } from './services/sign-in.ts'
export { type NewAccount, SignUp, signUp } from './services/sign-up.ts'
export {
  AddTeamMember,
  addTeamMember,
  listPendingTeamMembers,
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
export { type AccountOverview, viewAccount } from './services/view-account.ts'
export { type DeadLetter, type SystemOverview, viewSystem } from './services/view-system.ts'
