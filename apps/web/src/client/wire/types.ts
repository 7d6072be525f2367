/** Shapes of the V2 wire that the client reads; the server sends more. */

export interface User {
  id: string
  name: string
  email?: string
  account_id?: string
  image_64?: string | null
}

export interface Team {
  id: string
  name: string
  account_id: string
  /** How the person who asks stands to it. */
  user_role?: string
}

export interface Project {
  id: string
  name: string
  team_id: string
  root_asset_id: string
  private?: boolean
  /** True for somebody who was invited to the project without being in its team. */
  shared?: boolean
  project_preferences?: { collaborator_can_invite: boolean } | null
  file_count?: number
  updated_at: string
}

export type Label = 'none' | 'needs_review' | 'in_progress' | 'approved'

/** The scrub sprite: `count` tiles, row by row, one for every `interval` seconds. */
export interface Sprite {
  columns: number
  rows: number
  tileWidth: number
  tileHeight: number
  count: number
  interval: number
}

export interface RushesExtras {
  fps_num: number | null
  fps_den: number | null
  drop_frame: boolean
  start_timecode: string | null
  vfr: boolean
  width: number | null
  height: number | null
  has_audio: boolean
  sprite: Sprite | null
  progress: number | null
  failure: { code: string; detail: string } | null
  waveform_peaks_url: string | null
}

export interface Asset {
  id: string
  type: 'file' | 'folder' | 'version_stack'
  name: string
  parent_id: string | null
  project_id: string
  creator?: User | null
  project?: Project | null
  label: Label
  private: boolean
  item_count: number
  comment_count: number
  versions?: number
  cover_asset?: Asset | null
  /** The first three things in a folder, where they were asked for. */
  children?: Asset[]
  cover_asset_id?: string | null
  filesize: number
  filetype?: string | null
  asset_type?: 'stream' | 'image' | 'document' | null
  status?: 'created' | 'uploaded' | 'transcoded' | 'failed'
  upload_urls?: string[]
  upload_completed_at?: string | null
  inserted_at: string
  updated_at: string
  version?: number | null
  original?: string | null
  downloads?: Record<string, string | null>
  h264_360?: string | null
  h264_540?: string | null
  h264_720?: string | null
  h264_1080_best?: string | null
  h264_2160?: string | null
  hls_manifest?: string | null
  image_full?: string | null
  image_high?: string | null
  thumb?: string | null
  thumb_540?: string | null
  thumb_scrub?: string | null
  waveform?: string | null
  fps?: number | null
  frames?: number
  duration?: number | null
  rushes?: RushesExtras | null
}

export interface Comment {
  id: string
  asset_id: string
  parent_id: string | null
  text: string
  timestamp: number | null
  duration: number | null
  annotation: string | null
  private: boolean
  completed: boolean
  completed_at: string | null
  owner_id: string | null
  owner: User | null
  anonymous_user_id: string | null
  anonymous_user: User | null
  like_count?: number
  inserted_at: string
  updated_at: string
}

export interface ReviewLink {
  id: string
  name: string
  project_id?: string
  short_url?: string
  is_active?: boolean
  has_password: boolean
  enable_comments: boolean
  enable_downloading: boolean
  allow_approvals?: boolean
  expires_at?: string | null
  item_count?: number
  view_count?: number
  inserted_at?: string
}

export interface ReviewLinkItem {
  id: string
  asset_id: string
  asset: Asset
}

export interface DeveloperToken {
  id: string
  description: string
  scopes: string[]
  inserted_at: string
  last_used_at?: string | null
}
