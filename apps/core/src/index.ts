export * as Accounts from './accounts/index.ts'
export { type Actor, actorKey, SCOPES, type Scope } from './actor.ts'
export type { Blobs, Links } from './blobs.ts'
export type { Cache } from './cache.ts'
export * as Consumers from './consumers/index.ts'
export { type Core, type Ctx, contextFor, handles, rawQueries } from './context.ts'
export { fromDatabase } from './database-errors.ts'
export { type Doorbell, localDoorbell } from './doorbell.ts'
export { CoreError, type ErrorCode, type FieldProblem, invalid } from './errors.ts'
export type { CoreEvent, EventType, RealtimeEntry, Stored } from './events.ts'
export { type Page, type PageInput, pageInput } from './input.ts'
export { type JobName, type JobPayloads, type JobRun, type Jobs, jobs } from './jobs.ts'
export * as Log from './log/index.ts'
export type { Mail } from './mail.ts'
export type { Media } from './media.ts'
export * from './outbound/index.ts'
export {
  type ActorPolicy,
  authorize,
  authorizeActor,
  type Granted,
  isId,
  may,
  type Policy,
} from './policy.ts'
export * as Projects from './projects/index.ts'
export type { Urls } from './urls.ts'
