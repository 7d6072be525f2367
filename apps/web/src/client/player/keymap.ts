export type Command =
  | 'toggle'
  | 'back'
  | 'forward'
  | 'slow-back'
  | 'slow-forward'
  | 'frame-back'
  | 'frame-forward'
  | 'frames-back'
  | 'frames-forward'
  | 'start'
  | 'end'
  | 'mark-in'
  | 'mark-out'
  | 'go-in'
  | 'go-out'
  | 'range-comment'
  | 'comment'
  | 'draw'
  | 'undo'
  | 'redo'
  | 'mute'
  | 'louder'
  | 'quieter'
  | 'loop'
  | 'fullscreen'
  | 'help'
  | 'escape'

export interface KeyPress {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

const PLAIN: Record<string, Command> = {
  ' ': 'toggle',
  k: 'toggle',
  j: 'back',
  l: 'forward',
  ArrowLeft: 'frame-back',
  ArrowRight: 'frame-forward',
  ',': 'frame-back',
  '.': 'frame-forward',
  Home: 'start',
  End: 'end',
  i: 'mark-in',
  o: 'mark-out',
  r: 'range-comment',
  c: 'comment',
  d: 'draw',
  p: 'draw',
  m: 'mute',
  f: 'fullscreen',
  '?': 'help',
  Escape: 'escape',
}

const SHIFTED: Record<string, Command> = {
  j: 'slow-back',
  l: 'slow-forward',
  ArrowLeft: 'frames-back',
  ArrowRight: 'frames-forward',
  i: 'go-in',
  o: 'go-out',
  '?': 'help',
}

const WITH_CONTROL: Record<string, Command> = {
  l: 'loop',
  z: 'undo',
  y: 'redo',
  '+': 'louder',
  '=': 'louder',
  '-': 'quieter',
}

/** The command of a key press in the player; null for one that isn't ours. Cmd counts as Ctrl. */
export function commandOf(press: KeyPress): Command | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (press.altKey) return null
  if (press.ctrlKey || press.metaKey)
    return key === 'z' && press.shiftKey ? 'redo' : (WITH_CONTROL[key] ?? null)
  return (press.shiftKey ? SHIFTED[key] : PLAIN[key]) ?? null
}
