import type { Event, Protocols } from '../../events.ts'

export type TeamEvent =
  | Event<'account.created', { display_name: string }>
  | Event<'team.created', { name: string }>
  | Event<'team.updated', { changed: string[] }>
  | Event<'teammember.created', { user_id: string | null; email: string; role: string }>
  | Event<'teammember.deleted', { user_id: string | null; email: string }>

const silent = { analytics: null, notify: null, usage: null, cache: null, realtime: null, webhook: null }

export const teamProtocols: Protocols<TeamEvent> = {
  'account.created': {
    ...silent,
    audit: (e) => ({ action: 'AccountCreated', itemType: 'account', details: e.data }),
  },
  'team.created': {
    ...silent,
    audit: (e) => ({ action: 'TeamCreated', itemType: 'team', details: e.data }),
  },
  'team.updated': {
    ...silent,
    audit: (e) => ({ action: 'TeamUpdated', itemType: 'team', details: e.data }),
  },
  // Told when an e-mail is invited (user_id null, the pending row's id), and told again with the member's own id when the
  // invitation is accepted: what was announced first isn't there any more.
  'teammember.created': {
    ...silent,
    audit: (e) => ({ action: 'TeamMemberCreated', itemType: 'team_member', details: e.data }),
    webhook: (e) => ({ resource: { type: 'teammember', id: e.subjectId } }),
  },
  'teammember.deleted': {
    ...silent,
    audit: (e) => ({
      action: 'TeamMemberDeleted',
      itemType: 'team_member',
      details: { user_id: e.data.user_id },
    }),
    webhook: (e) => ({ resource: { type: 'teammember', id: e.subjectId } }),
  },
}
