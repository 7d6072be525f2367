/** A digest that is due: one person, one project, what happened there unread. */
export interface Digest {
  user: { id: string; email: string; name: string }
  project: { id: string; name: string }
  lines: { id: string; text: string; asset_id: string | null; comment_id: string | null; at: string }[]
}

/** The means to write to people; resolves when the mail server has taken the mail. */
export interface Mail {
  digest(digest: Digest): Promise<void>
}
