/** What the Munger reads of V2's answers; the rest is not its business. */

export interface V2User {
  id: string
  account_id: string | null
  email: string
  name: string
  bio: string | null
  location: string | null
  profile_image: string | null
  user_default_color: string
  timezone_value: string
  digest_frequency: string
  last_seen: string | null
  first_login_at: string | null
  roles?: { admin: boolean } | null
  inserted_at: string
  updated_at: string
}

export interface V2Account {
  id: string
  owner_id: string
  display_name: string
  company_name: string | null
  company_address: string | null
  city: string | null
  state: string | null
  postal_code: string | null
  vat: string | null
  image: string | null
  invoice_emails: string[]
  member_count: number
  user_count: number
  collaborator_count: number
  team_count: number
  project_count: number
  folder_count: number
  file_count: number
  lifetime_file_count: number
  storage: number
  archived_storage: number
  duration: number
  plan: object
  subscription: object
  locked_at: string | null
  delinquent_at: string | null
  unpaid_at: string | null
  deleted_at: string | null
  inserted_at: string
  updated_at: string
}

export interface V2Team {
  id: string
  account_id: string
  creator_id: string | null
  name: string
  bio: string | null
  storage: number
  storage_limit: number | null
  member_limit: number | null
  email_branding: object | null
  slack_webhook: object | null
  watermark: object | null
  inserted_at: string
  updated_at: string
}

export interface V2Preferences {
  collaborator_can_download: boolean
  collaborator_can_invite: boolean
  collaborator_can_share: boolean
  notify_on_new_comment: boolean
  notify_on_new_collaborator: boolean
  notify_on_new_asset: boolean
  notify_on_updated_label: boolean
  notify_slack: boolean
  user_id: string | null
}

export interface V2Project {
  id: string
  team_id: string
  owner_id: string | null
  root_asset_id: string
  name: string
  description: string | null
  private: boolean
  read_only: boolean
  shared: boolean
  ignore_archive: boolean
  invite_url: string | null
  storage: number
  archived_at: string | null
  project_preferences: V2Preferences | null
  user_preferences: V2Preferences | null
  root_asset?: V2Asset
  inserted_at: string
  updated_at: string
}

export interface V2Asset {
  id: string
  type: 'file' | 'folder' | 'version_stack'
  name: string
  parent_id: string | null
  project_id: string
  creator_id: string | null
  description: string | null
  label: string
  private: boolean
  shared: boolean
  index: number
  item_count: number
  view_count: number
  cover_asset_id: string | null
  filesize: number
  filetype: string | null
  status: string
  uploaded_at: string | null
  upload_completed_at: string | null
  transcoded_at: string | null
  user_permissions: { can_download: boolean }
  original?: string | null
  thumb?: string | null
  image_high?: string | null
  scrub_sheet?: string | null
  hls_manifest?: string | null
  fps?: number | null
  frames?: number
  duration?: number | null
  is_360?: boolean
  metadata?: { blob: unknown } | null
  transcode_statuses?: Record<string, { width: number | null; height: number | null; codec: string }>
  rushes?: { sprite: unknown; failure: { detail: string | null } | null }
  cover_asset?: V2Asset
  upload_urls?: string[]
  inserted_at: string
  updated_at: string
  [field: string]: unknown
}

export interface V2Comment {
  id: string
  asset_id: string
  parent_id: string | null
  owner_id: string | null
  anonymous_user_id: string | null
  review_link_id: string | null
  owner: V2User | null
  anonymous_user: { id: string; name: string | null; email: string | null } | null
  completer_id: string | null
  text: string
  annotation: string | null
  timestamp: number | null
  duration: number | null
  page: number | null
  pitch: number | null
  yaw: number | null
  fov: number | null
  private: boolean
  completed: boolean
  completed_at: string | null
  like_count: number
  replies?: V2Comment[]
  inserted_at: string
  updated_at: string
}

/** A member of a team or a collaborator of a project; without `user` for one who was invited and isn't known yet. */
export interface V2Membership {
  id: string
  user?: V2User | null
  email?: string
  role?: string
}

export interface V2ReviewLink {
  id: string
  project_id: string
  owner_id: string | null
  owner: V2User | null
  name: string | null
  is_active: boolean
  allow_approvals: boolean
  enable_downloading: boolean
  current_version_only: boolean
  notify_on_view: boolean
  has_password: boolean
  item_count: number
  view_count: number
  expires_at: string | null
  short_url: string
  inserted_at: string
  updated_at: string
}

export interface V2Notification {
  id: string
  type: string
  text: string
  project_id: string | null
  asset_id: string | null
  comment_id: string | null
  actor: { id: string | null }
  read_at: string | null
  inserted_at: string
}
