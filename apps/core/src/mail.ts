/** A digest that is due: one person, one project, what happened there unread. */
export interface Digest {
  user: { id: string; email: string; name: string }
  project: { id: string; name: string }
  lines: { id: string; text: string; asset_id: string | null; comment_id: string | null; at: string }[]
}

/** An invitation to one place; `url` holds the token. */
export interface InvitationMail {
  id: string
  email: string
  /** Null when whoever invited is gone, or was no person. */
  inviter: string | null
  /** The name of the team or project. */
  place: string
  /** What the inviter wrote along. */
  note: string | null
  url: string
}

/** The way to a new password; `url` holds the token. */
export interface PasswordResetMail {
  id: string
  email: string
  name: string
  url: string
}

/** The means to write to people; each resolves when the mail server has taken the mail. `id` tells a mail sent twice. */
export interface Mail {
  digest(digest: Digest): Promise<void>
  invitation(invitation: InvitationMail): Promise<void>
  passwordReset(reset: PasswordResetMail): Promise<void>
}
