import type { V2User } from '../v2/resources.ts'
import { epoch, flag, type LegacyRecord, NULL, text } from '../wire/codec.ts'

/** A person as they see themselves. */
export function userRecord(user: V2User): LegacyRecord {
  const [first = '', ...rest] = user.name.split(' ')
  return {
    id: user.id,
    name: user.name,
    first_name: first,
    last_name: rest.length > 0 ? rest.join(' ') : NULL,
    email: user.email,
    link: NULL,
    location: text(user.location),
    bio: text(user.bio),
    profile_image: text(user.profile_image),
    role: user.roles?.admin ? 'admin' : 'user',
    account_key: text(user.account_id),
    has_logged_in: flag(user.first_login_at !== null),
    email_confirmed_data: NULL,
    from_google: '0',
    timezone: user.timezone_value,
    digest_pref: user.digest_frequency,
    last_seen_integer: epoch(user.last_seen),
    color: user.user_default_color,
    created_at_integer: epoch(user.inserted_at),
    updated_at_integer: epoch(user.updated_at),
  }
}

/** A person as others see them. */
export function userSummary(user: V2User, role = 'user'): LegacyRecord {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    profile_image: text(user.profile_image),
    role,
  }
}
