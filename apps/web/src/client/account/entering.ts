import { queryOptions } from '@tanstack/react-query'
import { resetSocket } from '../live/socket.ts'
import { request } from '../wire/request.ts'
import { become } from '../wire/session.ts'
import type { User } from '../wire/types.ts'

/** What a mailed invitation leads to. */
export interface Invitation {
  email: string
  /** Null when whoever invited is gone. */
  inviter: string | null
  /** Somebody has an account with this e-mail and must sign in to accept. */
  registered: boolean
  places: { kind: 'team' | 'project'; id: string; name: string }[]
}

/** The invitation of a mailed token. Fails with 422 for one that isn't valid (any more). */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['session', 'invitation', token],
    queryFn: () => request<Invitation>('POST', '/session/invitation', { token }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Whether anybody may make an account here. */
export const signUpQuery = queryOptions({
  queryKey: ['session', 'sign-up'],
  queryFn: async () => (await request<{ sign_up: boolean }>('GET', '/session')).sign_up,
  staleTime: Number.POSITIVE_INFINITY,
})

/** Takes up an invitation; somebody new says what they are called and chooses a password. */
export function acceptInvitation(token: string, who: { name?: string; password?: string } = {}) {
  return enter('/session/invitation/accept', { token, ...who })
}

export function signUp(who: { name: string; email: string; password: string }) {
  return enter('/session/sign_up', who)
}

/** Asks for a mail; succeeds whether or not somebody has this e-mail. */
export function requestReset(email: string): Promise<unknown> {
  return request('POST', '/session/reset', { email })
}

export function resetPassword(token: string, password: string) {
  return enter('/session/reset/confirm', { token, password })
}

/** Changes the password of who is signed in; all other sessions end. Fails with 422 for a wrong current one. */
export function changePassword(current: string, password: string): Promise<unknown> {
  return request('PUT', '/session/password', { current, password })
}

async function enter(path: string, body: object): Promise<void> {
  const { user } = await request<{ user: User }>('POST', path, body)
  become(user)
  resetSocket()
}
