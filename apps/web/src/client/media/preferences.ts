const KEY = 'rushes.volume'
const SPEED_KEY = 'rushes.speed'

export interface Volume {
  volume: number
  muted: boolean
}

/** The playback speed used last in this browser. */
export function readSpeed(): number {
  return Number(localStorage.getItem(SPEED_KEY)) || 1
}

export function writeSpeed(speed: number): void {
  localStorage.setItem(SPEED_KEY, String(speed))
}

/** The volume used last in this browser. */
export function readVolume(): Volume {
  const [volume, muted] = (localStorage.getItem(KEY) ?? '1').split(' ')
  return { volume: Number(volume) || 0, muted: muted === 'muted' }
}

export function writeVolume({ volume, muted }: Volume): void {
  localStorage.setItem(KEY, muted ? `${volume} muted` : String(volume))
}
