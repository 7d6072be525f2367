import type { Digest } from './projects/jobs/send-digests.ts'

/** The means to write to people; resolves when the mail server has taken the mail. */
export interface Mail {
  digest(digest: Digest): Promise<void>
}
