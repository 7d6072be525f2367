import type { PointerEvent } from 'react'
import { useTransport, useTransportState } from '../media/use-transport.ts'

/** The marked range, with brackets to drag. */
export function RangeHandles({ frameUnder }: { frameUnder(event: PointerEvent): number }) {
  const transport = useTransport()
  const range = useTransportState((state) => state.range)
  if (!range) return null
  const last = Math.max(1, transport.clock.count - 1)
  const drag = (edge: 'in' | 'out') => ({
    onPointerDown(event: PointerEvent) {
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent) {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
      event.stopPropagation()
      const frame = frameUnder(event)
      const next =
        edge === 'in'
          ? { ...range, in: Math.min(frame, range.out) }
          : { ...range, out: Math.max(frame, range.in) }
      transport.setRange(next)
      transport.seek(frame)
    },
  })
  return (
    <div
      className="range"
      style={{ left: `${(range.in / last) * 100}%`, right: `${100 - (range.out / last) * 100}%` }}
    >
      <i className="bracket in" title="In (I)" {...drag('in')} />
      <i className="bracket out" title="Out (O)" {...drag('out')} />
    </div>
  )
}
