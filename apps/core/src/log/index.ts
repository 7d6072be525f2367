export { type LaneState, readHorizonAge, readLanes } from './lag.ts'
export {
  dropLease,
  type Effect,
  FencedError,
  type Lease,
  retryBacklog,
  type Step,
  stepLane,
  takeLease,
} from './lane.ts'
export { type Cursor, readAfter, readEnd } from './read-after.ts'
export { readEpoch, readHeads, readProjectLog, replayProject } from './read-project.ts'
export type { StoredRow } from './stored.ts'
