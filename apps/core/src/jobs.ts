import { sendInvitation } from './accounts/jobs/send-invitation.ts'
import { sendPasswordReset } from './accounts/jobs/send-password-reset.ts'
import type { Ctx, Tx } from './context.ts'
import { keepLog } from './log/keep.ts'
import { sendDigests } from './projects/jobs/send-digests.ts'
import { sweepUploads } from './projects/jobs/sweep-uploads.ts'
import { takeChecksum } from './projects/jobs/take-checksum.ts'
import { transcodeAsset } from './projects/jobs/transcode-asset.ts'

/** What each job is given. */
export interface JobPayloads {
  'asset.checksum': { asset_id: string }
  'asset.transcode': { asset_id: string }
  'digests.send': Record<string, never>
  'invitation.send': { email: string; place_id: string; inviter_id: string | null }
  'log.keep': Record<string, never>
  'password-reset.send': { email: string }
  'uploads.sweep': Record<string, never>
}

export type JobName = keyof JobPayloads

/** What a running job knows of its run. */
export interface JobRun {
  /** Aborted when the process drains or the job was given to another worker. */
  signal: AbortSignal
  /** Which attempt this is, from 1. */
  attempt: number
  attempts: number
}

export type JobHandler<N extends JobName> = (ctx: Ctx, payload: JobPayloads[N], run: JobRun) => Promise<void>

interface JobDefinition<N extends JobName> {
  run: JobHandler<N>
  attempts: number
  /** How many run at once in one process. */
  concurrency: number
  /** Longest one run may take, in seconds. */
  limitSeconds: number
  /** Runs by itself at these times (cron, UTC), once however many nodes there are. */
  schedule?: string
}

/** Every job: a name without a handler doesn't compile. */
export const jobs: { [N in JobName]: JobDefinition<N> } = {
  'asset.checksum': { run: takeChecksum, attempts: 5, concurrency: 1, limitSeconds: 4 * 3600 },
  'asset.transcode': { run: transcodeAsset, attempts: 3, concurrency: 1, limitSeconds: 24 * 3600 },
  'digests.send': { run: sendDigests, attempts: 3, concurrency: 1, limitSeconds: 300, schedule: '* * * * *' },
  'invitation.send': { run: sendInvitation, attempts: 10, concurrency: 2, limitSeconds: 120 },
  'log.keep': { run: keepLog, attempts: 3, concurrency: 1, limitSeconds: 600, schedule: '17 3 * * *' },
  'password-reset.send': { run: sendPasswordReset, attempts: 5, concurrency: 2, limitSeconds: 120 },
  'uploads.sweep': {
    run: sweepUploads,
    attempts: 3,
    concurrency: 1,
    limitSeconds: 600,
    schedule: '23 * * * *',
  },
}

/** The means to have a job done later, given to Core. */
export interface Jobs {
  /** Adds a job in the caller's transaction: it exists exactly when the change does. `key` keeps it single while queued. */
  enqueue<N extends JobName>(
    tx: Tx,
    name: N,
    payload: JobPayloads[N],
    options?: { key?: string },
  ): Promise<void>
}
