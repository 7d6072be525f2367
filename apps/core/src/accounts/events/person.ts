import type { Event, Protocols } from '../../events.ts'

export type PersonEvent =
  | Event<'user.created', { email: string }>
  | Event<'user.signed_in', { session_id: string }>
  | Event<'user.password_changed', { how: 'change' | 'reset'; sessions_ended: number }>
  | Event<'token.created', { token_id: string; scopes: string[] }>
  | Event<'token.revoked', { token_id: string }>

const silent = { analytics: null, notify: null, usage: null, cache: null, realtime: null, webhook: null }

export const personProtocols: Protocols<PersonEvent> = {
  'user.created': {
    ...silent,
    audit: () => ({ action: 'UserCreated', itemType: 'user', details: {} }),
    analytics: () => ({ name: 'user.created', props: {} }),
  },
  'user.signed_in': {
    ...silent,
    audit: (e) => ({ action: 'UserSignedIn', itemType: 'user', details: { session_id: e.data.session_id } }),
  },
  'user.password_changed': {
    ...silent,
    audit: (e) => ({ action: 'PasswordChanged', itemType: 'user', details: e.data }),
  },
  'token.created': {
    ...silent,
    audit: (e) => ({ action: 'DeveloperTokenCreated', itemType: 'token', details: e.data }),
  },
  'token.revoked': {
    ...silent,
    audit: (e) => ({ action: 'DeveloperTokenRevoked', itemType: 'token', details: e.data }),
  },
}
