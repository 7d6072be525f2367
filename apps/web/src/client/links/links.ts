import { request, requestAll } from '../wire/request.ts'
import type { ReviewLink, ReviewLinkItem } from '../wire/types.ts'

export interface NewLink {
  name: string
  asset_ids: string[]
  enable_comments: boolean
  enable_downloading: boolean
  password?: string
  expires_at?: string
}

export function createLink(projectId: string, link: NewLink): Promise<ReviewLink> {
  return request<ReviewLink>('POST', `/v2/projects/${projectId}/review_links`, link)
}

/** What somebody with a link's code may know before entering. */
export interface Door {
  id: string
  project_id: string
  name: string | null
  enable_comments: boolean
  enable_downloading: boolean
}

export interface Guest {
  id: string
  name: string
}

export function knock(code: string): Promise<{ link: Door; needs_password: boolean }> {
  return request('GET', `/review/${encodeURIComponent(code)}`)
}

/** Lets a guest in; the server sets the guest's cookie, and this browser remembers who they said they are. */
export async function enter(
  code: string,
  who: { name: string; email?: string; password?: string },
): Promise<void> {
  const { link, guest } = await request<{ link: Door; guest: Guest }>(
    'POST',
    `/review/${encodeURIComponent(code)}/enter`,
    who,
  )
  localStorage.setItem(guestKey(link.id), JSON.stringify(guest))
}

/** Who this browser entered the link as; null for somebody who came in by their own account. */
export function guestOf(linkId: string): Guest | null {
  return JSON.parse(localStorage.getItem(guestKey(linkId)) ?? 'null') as Guest | null
}

export function readItems(linkId: string): Promise<ReviewLinkItem[]> {
  return requestAll<ReviewLinkItem>(`/v2/review_links/${linkId}/items`)
}

const guestKey = (linkId: string) => `rushes.guest.${linkId}`
