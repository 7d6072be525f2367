const KEY = 'rushes.volume'

export interface Volume {
  volume: number
  muted: boolean
}

/** The volume used last in this browser. */
export function readVolume(): Volume {
  const [volume, muted] = (localStorage.getItem(KEY) ?? '1').split(' ')
  return { volume: Number(volume) || 0, muted: muted === 'muted' }
}

export function writeVolume({ volume, muted }: Volume): void {
  localStorage.setItem(KEY, muted ? `${volume} muted` : String(volume))
}
