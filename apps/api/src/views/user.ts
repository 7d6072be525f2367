import type { Accounts } from '@rushes/core'

/** V2's User (section 1.1), as others see it. */
export function userView(user: Accounts.UserRow) {
  return {
    _type: 'user',
    id: user.id,
    account_id: user.account_id,
    email: user.email,
    name: user.name,
    bio: user.bio,
    location: user.location,
    phone: user.phone,
    context: user.context,
    profile_image: user.profile_image,
    profile_image_original: user.profile_image,
    image_32: user.profile_image,
    image_64: user.profile_image,
    image_128: user.profile_image,
    image_256: user.profile_image,
    user_default_color: user.user_default_color,
    timezone_value: user.timezone_value,
    digest_frequency: user.digest_frequency,
    next_digest_date: user.next_digest_date,
    last_seen: user.last_seen,
    first_login_at: user.first_login_at,
    joined_via: user.joined_via,
    from_google: false,
    from_adobe: false,
    email_preferences: null,
    features_seen: null,
    roles: null,
    user_hash: null,
    integrations: {},
    highest_account_role: null,
    mfa_enforced_at: null,
    email_confirm_by: null,
    inserted_at: user.inserted_at,
    updated_at: user.updated_at,
    deleted_at: user.deleted_at,
  }
}

/** `/me`: also what only the person sees. The Java client wants a text in `upload_url`. */
export function meView(user: Accounts.UserRow) {
  const roles = user.staff_role
    ? {
        admin: user.staff_role === 'admin',
        sales: user.staff_role === 'sales',
        support: user.staff_role === 'support',
        id: user.id,
      }
    : null
  return { ...userView(user), roles, upload_url: '' }
}

/** Who the browser's session belongs to; null: nobody. */
export function sessionView(user: Accounts.UserRow | null) {
  return { user: user && meView(user) }
}
