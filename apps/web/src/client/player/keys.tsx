import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Transport } from '../media/transport.ts'
import { playhead, useTransport } from '../media/use-transport.ts'
import { toggleFullscreen } from './controls.tsx'
import { type Command, commandOf } from './keymap.ts'
import { markIn, markOut } from './mark-range.ts'
import { type Review, useReview } from './review-context.ts'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

/** Listens for the player's keys while no text field and no dialog has the focus. */
export function Keys({ player }: { player: RefObject<HTMLElement | null> }) {
  const transport = useTransport()
  const review = useReview()
  const [help, setHelp] = useState(false)
  const latest = useRef(review)
  latest.current = review

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = commandOf(event)
      if (!command || belongsElsewhere(event)) return
      event.preventDefault()
      if (command === 'help') setHelp(true)
      else if (command === 'fullscreen') toggleFullscreen(player.current)
      else run(command, transport, latest.current)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [transport, player])
  return help ? <ShortcutsDialog onClose={() => setHelp(false)} /> : null
}

/** A key typed into a field, pressed in a dialog or menu, or meant for the button in focus is not ours. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement
  if (
    target.closest(
      'input:not([type="range"]):not([type="checkbox"]), textarea, select, dialog, [role="menu"]',
    )
  )
    return true
  return (event.key === ' ' || event.key === 'Enter') && target.closest('button, a') !== null
}

function run(command: Command, transport: Transport, review: Review): void {
  const state = transport.state()
  const here = playhead(state)
  const acts: Partial<Record<Command, () => void>> = {
    toggle: transport.toggle,
    back: () => transport.shuttle(-1),
    forward: () => transport.shuttle(1),
    'slow-back': () => transport.shuttle(-1, true),
    'slow-forward': () => transport.shuttle(1, true),
    'frame-back': () => transport.step(-1),
    'frame-forward': () => transport.step(1),
    'frames-back': () => transport.step(-10),
    'frames-forward': () => transport.step(10),
    start: () => transport.seek(0),
    end: () => transport.seek(transport.clock.count - 1),
    'mark-in': () => transport.setRange(markIn(state.range, here, transport.clock)),
    'mark-out': () => transport.setRange(markOut(state.range, here)),
    'go-in': () => state.range && transport.seek(state.range.in),
    'go-out': () => state.range && transport.seek(state.range.out),
    'range-comment': () => {
      transport.setRange(markIn(state.range, here, transport.clock))
      focusComposer()
    },
    comment: focusComposer,
    draw: () => {
      if (!review.hasPicture) return
      transport.pause()
      review.dispatch({ type: 'take', tool: review.sketch.tool ? null : 'pen' })
    },
    undo: () => review.dispatch({ type: 'undo' }),
    redo: () => review.dispatch({ type: 'redo' }),
    mute: () => transport.setVolume(state.volume || 1, !state.muted),
    louder: () => transport.setVolume(state.volume + 0.1),
    quieter: () => transport.setVolume(state.volume - 0.1),
    loop: transport.toggleLoop,
    escape: () => {
      if (review.sketch.tool) review.dispatch({ type: 'take', tool: null })
      else if (state.range) transport.setRange(null)
      else review.select(null)
    },
  }
  acts[command]?.()
}

function focusComposer(): void {
  document.querySelector<HTMLTextAreaElement>('#composer-text')?.focus()
}
