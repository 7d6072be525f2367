import { frameToTimecode, timecodeToFrame } from '@rushes/media/timecode'
import { type KeyboardEvent, useState } from 'react'
import { clockText, type FrameClock, rateText } from '../media/frames.ts'
import { playhead, useTransport, useTransportState } from '../media/use-transport.ts'
import { focusNow } from '../ui/focus.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'

type Mode = 'timecode' | 'frames' | 'standard'
const MODES: Record<Mode, string> = { timecode: 'Timecode', frames: 'Frames', standard: 'Standard' }
const KEY = 'rushes.time-mode'

/** Where the player stands. Click to type another timecode or frame number. */
export function TimecodeField() {
  const transport = useTransport()
  const [mode, setMode] = useState<Mode>(() => (localStorage.getItem(KEY) as Mode | null) ?? 'timecode')
  const [typing, setTyping] = useState(false)
  const { clock } = transport

  function choose(next: Mode) {
    setMode(next)
    localStorage.setItem(KEY, next)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape') setTyping(false)
    if (event.key !== 'Enter') return
    const frame = readPosition(event.currentTarget.value, clock)
    if (frame !== null) transport.seek(frame)
    setTyping(false)
  }

  return (
    <span className="timecode">
      {typing ? (
        <input
          className="mono timecode-input"
          aria-label="Go to timecode or frame"
          defaultValue={textOf(playhead(transport.state()), mode, clock)}
          ref={focusNow}
          onFocus={(event) => event.target.select()}
          onBlur={() => setTyping(false)}
          onKeyDown={onKeyDown}
        />
      ) : (
        <button
          type="button"
          className="timecode-now"
          title="Click to type a timecode or a frame number"
          onClick={() => setTyping(true)}
        >
          <Now mode={mode} />
          <span className="mono timecode-total">/ {textOf(clock.count - 1, mode, clock)}</span>
        </button>
      )}
      <Menu label={`Time shown as: ${MODES[mode]}`} face={<FrameNumber />} side="above" align="right">
        {(Object.keys(MODES) as Mode[]).map((choice) => (
          <MenuItem key={choice} checked={choice === mode} onSelect={() => choose(choice)}>
            {MODES[choice]}
          </MenuItem>
        ))}
        <div className="menu-line" />
        <div className="menu-note">{rateText(clock.format)}</div>
      </Menu>
    </span>
  )
}

function Now({ mode }: { mode: Mode }) {
  const { clock } = useTransport()
  const frame = useTransportState(playhead)
  return <strong className="mono">{textOf(frame, mode, clock)}</strong>
}

/** The frame that is really on screen, as the browser reported it; tests compare it with the picture. */
function FrameNumber() {
  const frame = useTransportState((state) => state.frame)
  const settled = useTransportState((state) => state.target === null)
  return (
    <span className="mono frame-number" data-testid="frame" data-frame={frame} data-settled={settled}>
      f {frame}
    </span>
  )
}

function textOf(frame: number, mode: Mode, clock: FrameClock): string {
  if (mode === 'frames') return String(frame)
  if (mode === 'standard') return clockText((frame * clock.rate.den) / clock.rate.num)
  return frameToTimecode(frame, clock.format)
}

/** Reads a timecode, a bare frame number, or `m:ss`; null when it is none of them. */
function readPosition(text: string, clock: FrameClock): number | null {
  if (/^\d+$/.test(text.trim())) return Number(text)
  const minutes = /^(\d+):(\d{1,2})$/.exec(text.trim())
  if (minutes)
    return Math.round(((Number(minutes[1]) * 60 + Number(minutes[2])) * clock.rate.num) / clock.rate.den)
  return timecodeToFrame(text, clock.format)
}
