import type { Accounts } from '@rushes/core'
import { userView } from './user.ts'

/** V2's Account (section 1.2). A self-hosted account is on the one plan there is, without limits of its own. */
export function accountView({ account, owner, counts }: Accounts.AccountDetail) {
  const { storage_limit, plan, ...columns } = account
  return {
    _type: 'account',
    ...columns,
    image_32: account.image,
    image_64: account.image,
    image_128: account.image,
    image_256: account.image,
    upload_url: null,
    owner: owner && userView(owner),
    ...counts,
    collaborator_role_count: counts.collaborator_count,
    lifetime_file_count: counts.file_count,
    archived_storage: 0,
    duration: 0,
    frames: 0,
    plan: planView(plan, storage_limit),
    subscription: { _type: 'subscription', total_storage_limit: storage_limit },
  }
}

function planView(name: string, storageLimit: number | null) {
  return {
    _type: 'plan',
    name,
    title: name,
    tier: name,
    period: 'yearly',
    cost: 0,
    enterprise: true,
    default_plan: true,
    storage_limit: storageLimit,
    available_features: {
      archival_storage: false,
      custom_branded_emails: false,
      custom_branded_presentations: false,
      reel_player: true,
      secure_sharing: true,
      session_based_watermarking: false,
      team_only_comments: true,
    },
  }
}
