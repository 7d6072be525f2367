/**
 * Frame number ↔ SMPTE timecode (ST 12-1). Pure and without imports: the browser uses this file as it is.
 * A timecode is a label on an integer frame; nothing here goes through seconds.
 */

/** A frame rate as an exact fraction, for example 30000/1001. */
export type TimecodeRate = { readonly num: number; readonly den: number }

/** How frames are labelled: at which rate, whether labels are dropped, and the label of frame 0 (as a frame count). */
export type TimecodeFormat = {
  readonly rate: TimecodeRate
  readonly dropFrame: boolean
  readonly startFrame?: number
}

/** Whole frames counted in a second of timecode: 24 for 23.976, 30 for 29.97. */
export function timebase(rate: TimecodeRate): number {
  return Math.max(1, Math.round(rate.num / rate.den))
}

/** Drop-frame labels exist only for 30000/1001 and 60000/1001 and multiples: NTSC rates on a base of 30. */
export function canDropFrames(rate: TimecodeRate): boolean {
  return rate.num * 1001 === timebase(rate) * 1000 * rate.den && timebase(rate) % 30 === 0
}

/**
 * The timecode of a frame, `HH:MM:SS:FF` (`HH:MM:SS;FF` when drop-frame), wrapping after 24 hours.
 * `frame` counts from 0 at the first frame of the media. Throws RangeError unless it is an integer.
 */
export function frameToTimecode(frame: number, format: TimecodeFormat): string {
  if (!Number.isSafeInteger(frame)) throw new RangeError(`not a frame number: ${frame}`)
  const base = timebase(format.rate)
  const drops = droppedPerMinute(format)
  const day = framesPerDay(base, drops)
  const absolute = (((frame + (format.startFrame ?? 0)) % day) + day) % day
  const label = absolute + labelsSkippedBefore(absolute, base, drops)
  const seconds = Math.floor(label / base)
  const fields = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const separator = drops > 0 ? ';' : ':'
  const width = String(base - 1).length
  return fields.map((field) => pad(field, 2)).join(':') + separator + pad(label % base, Math.max(2, width))
}

/**
 * The frame a timecode names, relative to the start of the media; null when the text is no timecode of this
 * format: fields out of range, or a label that drop-frame counting leaves out. `:` and `;` both read.
 */
export function timecodeToFrame(text: string, format: TimecodeFormat): number | null {
  const absolute = absoluteFrame(text, format)
  return absolute === null ? null : absolute - (format.startFrame ?? 0)
}

/** Reads the start timecode of a file into a format. Null when the text can't be a label at this rate. */
export function timecodeFormat(rate: TimecodeRate, start: string | null): TimecodeFormat | null {
  if (start === null) return { rate, dropFrame: false, startFrame: 0 }
  const dropFrame = isDropFrameText(start) && canDropFrames(rate)
  const startFrame = absoluteFrame(start, { rate, dropFrame })
  return startFrame === null ? null : { rate, dropFrame, startFrame }
}

/** True for the `;` (or `.`) that marks a drop-frame label. */
export function isDropFrameText(text: string): boolean {
  return /[;.]\d+$/.test(text.trim())
}

function absoluteFrame(text: string, format: TimecodeFormat): number | null {
  const match = /^(\d{1,2})[:;](\d{1,2})[:;](\d{1,2})[:;.](\d{1,3})$/.exec(text.trim())
  if (!match) return null
  const [hours, minutes, seconds, frames] = match.slice(1).map(Number) as [number, number, number, number]
  const base = timebase(format.rate)
  if (hours > 23 || minutes > 59 || seconds > 59 || frames >= base) return null
  const drops = droppedPerMinute(format)
  if (frames < drops && seconds === 0 && minutes % 10 !== 0) return null
  const totalMinutes = hours * 60 + minutes
  const skipped = drops * (totalMinutes - Math.floor(totalMinutes / 10))
  return (totalMinutes * 60 + seconds) * base + frames - skipped
}

function droppedPerMinute(format: TimecodeFormat): number {
  return format.dropFrame && canDropFrames(format.rate) ? timebase(format.rate) / 15 : 0
}

function labelsSkippedBefore(frame: number, base: number, drops: number): number {
  if (drops === 0) return 0
  const perMinute = base * 60 - drops
  const perTenMinutes = base * 600 - drops * 9
  const tens = Math.floor(frame / perTenMinutes)
  const rest = frame % perTenMinutes
  const minutes = rest < base * 60 ? 0 : 1 + Math.floor((rest - base * 60) / perMinute)
  return drops * (tens * 9 + minutes)
}

function framesPerDay(base: number, drops: number): number {
  return base * 86_400 - drops * 9 * 144
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
