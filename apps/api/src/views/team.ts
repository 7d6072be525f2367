import type { Accounts } from '@rushes/core'
import { userView } from './user.ts'

/** V2's Team (section 1.3). `user_role` only where it was included. */
export function teamView(include: string[] = []) {
  return ({ role, admin_only_lifecycle, ...team }: Accounts.TeamDetail) => ({
    _type: 'team',
    ...team,
    default_color: '#5b53ff',
    default_background_color: '#1b1c22',
    default_font_color: '#ffffff',
    image_32: team.team_image,
    image_64: team.team_image,
    image_128: team.team_image,
    image_256: team.team_image,
    upload_url: null,
    default_session_watermark_template_id: null,
    default_session_watermark_template: null,
    session_watermark_templates: [],
    admin_only_actions: { lifecycle: admin_only_lifecycle },
    archived_storage: 0,
    duration: 0,
    frames: 0,
    ...(include.includes('user_role') && { user_role: role }),
  })
}

/** A team member, or a pending one, who has no user yet. */
export function membershipView(membership: Accounts.Membership) {
  const { member } = membership
  if (membership.pending)
    return {
      _type: 'pending_team_member',
      id: member.id,
      email: membership.member.email,
      role: member.role,
      team_id: member.team_id,
      inserted_at: member.inserted_at,
    }
  return {
    _type: 'team_member',
    ...membership.member,
    user: membership.user && userView(membership.user),
    deleted_at: null,
  }
}
