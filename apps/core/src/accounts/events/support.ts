import type { Event, Protocols } from '../../events.ts'

export type SupportEvent =
  | Event<'support.viewed', { page: SupportPage; reason: string; query: string | null }>
  | Event<'staff.changed', { role: string | null }>

/** What staff can look at. */
export type SupportPage = 'search' | 'account' | 'system'

const silent = { analytics: null, notify: null, usage: null, cache: null, realtime: null, webhook: null }

export const supportProtocols: Protocols<SupportEvent> = {
  // Stands in the account's own audit log too: customers see who looked, and why.
  'support.viewed': {
    ...silent,
    audit: (e) => ({
      action: 'SupportViewed',
      itemType: e.data.page === 'account' ? 'account' : 'support',
      details: e.data,
    }),
  },
  'staff.changed': {
    ...silent,
    audit: (e) => ({ action: 'StaffChanged', itemType: 'user', details: e.data }),
  },
}
