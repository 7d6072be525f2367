import { type PointerEvent, useRef, useState } from 'react'
import { clampFrame } from '../media/frames.ts'
import { playhead, useTransport, useTransportState } from '../media/use-transport.ts'
import { HoverPreview } from './hover-preview.tsx'
import { Markers } from './markers.tsx'
import { RangeHandles } from './range-handles.tsx'
import { Waveform } from './waveform.tsx'

/** The scrub bar: click or drag to seek, hover to look ahead, with the conversation below it. */
export function Timeline() {
  const transport = useTransport()
  const track = useRef<HTMLDivElement>(null)
  const [hover, setHover] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const last = Math.max(1, transport.clock.count - 1)
  const frameUnder = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    return box ? clampFrame(((event.clientX - box.left) / box.width) * last, transport.clock) : 0
  }
  return (
    <div className="timeline">
      <div
        className={`track ${dragging ? 'dragging' : ''}`}
        ref={track}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragging(true)
          transport.pause()
          transport.seek(frameUnder(event))
        }}
        onPointerMove={(event) => {
          setHover(frameUnder(event))
          if (dragging) transport.seek(frameUnder(event))
        }}
        onPointerUp={() => setDragging(false)}
        onPointerLeave={() => setHover(null)}
      >
        <Waveform />
        <Playhead />
        <RangeHandles frameUnder={frameUnder} />
        {hover !== null && <HoverPreview frame={hover} share={hover / last} />}
      </div>
      <Markers last={last} />
    </div>
  )
}

function Playhead() {
  const transport = useTransport()
  const frame = useTransportState(playhead)
  const share = `${(frame / Math.max(1, transport.clock.count - 1)) * 100}%`
  return (
    <>
      <div className="played" style={{ width: share }} />
      <div
        className="playhead"
        style={{ left: share }}
        role="slider"
        tabIndex={0}
        aria-label="Position"
        aria-valuemin={0}
        aria-valuemax={transport.clock.count - 1}
        aria-valuenow={frame}
      />
    </>
  )
}
