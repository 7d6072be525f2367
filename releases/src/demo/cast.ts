import type { DemoKind } from '@rushes/media'

/** Who is in the demo. The first signs up and owns account and team; the last works for the operator, at the Support Tool. */
export const PEOPLE = [
  { key: 'ana', name: 'Ana Reyes', email: 'ana@rushes.example', role: 'owner' },
  { key: 'bruno', name: 'Bruno Adler', email: 'bruno@rushes.example', role: 'team_manager' },
  { key: 'chidi', name: 'Chidi Okafor', email: 'chidi@rushes.example', role: 'member' },
  { key: 'dana', name: 'Dana Kim', email: 'dana@client.example', role: 'collaborator' },
  { key: 'robin', name: 'Robin Vale', email: 'robin@rushes.example', role: 'staff' },
] as const

export type PersonKey = (typeof PEOPLE)[number]['key']
export type DemoRole = (typeof PEOPLE)[number]['role']

export const FOLDERS = ['Dailies', 'Grade tests'] as const

/** A clip of the demo. Without a folder it lies in the project's root. */
export interface Clip {
  key: string
  name: string
  folder?: (typeof FOLDERS)[number]
  by: PersonKey
  kind: DemoKind
  seconds: number
  size: { width: number; height: number }
  fps: { num: number; den: number }
  startTimecode?: string
  label?: 'needs_review' | 'in_progress' | 'approved'
}

const HD = { width: 1280, height: 720 }
const FILM = { num: 24, den: 1 }
const NTSC = { num: 30_000, den: 1001 }

export const CLIPS: readonly Clip[] = [
  {
    key: 'teaser1',
    name: 'Teaser v1.mp4',
    by: 'bruno',
    kind: 'aurora',
    seconds: 5,
    size: HD,
    fps: FILM,
  },
  {
    key: 'teaser2',
    name: 'Teaser v2.mp4',
    by: 'bruno',
    kind: 'ocean',
    seconds: 5,
    size: HD,
    fps: FILM,
  },
  {
    key: 'titles',
    name: 'Titles background.mp4',
    by: 'ana',
    kind: 'fractal',
    seconds: 4,
    size: HD,
    fps: { num: 25, den: 1 },
    label: 'in_progress',
  },
  {
    key: 'dusk',
    name: 'A012_C003 harbour dusk.mov',
    folder: 'Dailies',
    by: 'chidi',
    kind: 'ember',
    seconds: 4,
    size: HD,
    fps: { num: 24_000, den: 1001 },
    startTimecode: '14:21:07:00',
    label: 'approved',
  },
  {
    key: 'night',
    name: 'A014_C001 night ferry.mov',
    folder: 'Dailies',
    by: 'chidi',
    kind: 'life',
    seconds: 4,
    size: HD,
    fps: NTSC,
    startTimecode: '01:00:00;00',
    label: 'in_progress',
  },
  {
    key: 'chart',
    name: 'Line-up chart.mp4',
    folder: 'Grade tests',
    by: 'ana',
    kind: 'chart',
    seconds: 3,
    size: HD,
    fps: { num: 25, den: 1 },
  },
]

/** A comment at a frame, with shapes as V2 draws them (v2-api.md 7.3) and replies by others. */
export interface Remark {
  on: string
  by: PersonKey
  frame: number
  text: string
  shapes?: readonly object[]
  replies?: readonly { by: PersonKey; text: string }[]
  done?: boolean
}

const stroke = { color: '#F22237', size: 8 }

export const REMARKS: readonly Remark[] = [
  {
    on: 'teaser2',
    by: 'dana',
    frame: 31,
    text: 'The bright crest drifts low here. Could it sit a little higher, as marked?',
    shapes: [
      { tool: 'rect', ...stroke, x: 0.24, y: 0.42, w: 0.5, h: 0.22, ix: 0.24, iy: 0.42, radius: 12 },
      { tool: 'arrow', ...stroke, x: 0.5, y: 0.62, w: 0, h: -0.28 },
    ],
    replies: [
      { by: 'bruno', text: 'Yes. I will move it up in v3.' },
      { by: 'ana', text: 'Agreed, and keep it there until the cut.' },
    ],
  },
  {
    on: 'teaser2',
    by: 'ana',
    frame: 72,
    text: '@Bruno Adler the cut lands two frames late against the beat.',
    shapes: [
      {
        tool: 'pen',
        ...stroke,
        color: '#3DD68C',
        xs: [0.3, 0.36, 0.43, 0.5, 0.57, 0.64, 0.7],
        ys: [0.5, 0.41, 0.52, 0.4, 0.52, 0.41, 0.5],
      },
    ],
    replies: [{ by: 'bruno', text: 'Good ears. Fixed in the timeline, export follows.' }],
  },
  { on: 'teaser2', by: 'chidi', frame: 118, text: 'Love this wave. Can we hold it for half a second more?' },
  {
    on: 'teaser1',
    by: 'dana',
    frame: 20,
    text: 'The colours feel cold for the opening.',
    replies: [{ by: 'bruno', text: 'Warmer in v2.' }],
    done: true,
  },
  {
    on: 'dusk',
    by: 'ana',
    frame: 60,
    text: 'This is the take. Please mark the reflection for the grade.',
    shapes: [{ tool: 'line', ...stroke, color: '#FFC53D', x1: 0.18, y1: 0.7, x2: 0.82, y2: 0.7 }],
  },
]
