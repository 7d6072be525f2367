import './player.css'
import { useQuery } from '@tanstack/react-query'
import { type MouseEvent, type ReactNode, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { CommentPanel } from '../comments/comment-panel.tsx'
import { emptySketch, sketchReducer } from '../drawing/sketch.ts'
import { clockOf, type FrameClock } from '../media/frames.ts'
import { createTransport } from '../media/transport.ts'
import { TransportProvider } from '../media/use-transport.ts'
import { stageOf } from '../projects/asset-face.ts'
import { commentsQuery } from '../wire/comments.ts'
import type { Asset, Comment } from '../wire/types.ts'
import { Controls } from './controls.tsx'
import { Keys } from './keys.tsx'
import { ReviewProvider, type Review as ReviewState } from './review-context.ts'
import { SourceProvider } from './source-context.tsx'
import { Stage } from './stage.tsx'
import { Timeline } from './timeline.tsx'

/** Stills and documents have one moment; a clock of one frame lets them share the rest. */
const ONE_FRAME: FrameClock = {
  rate: { num: 25, den: 1 },
  count: 1,
  format: { rate: { num: 25, den: 1 }, dropFrame: false },
}

interface ReviewProps {
  asset: Asset
  me: ReviewState['me']
  rights: ReviewState['rights']
  bar: ReactNode
  /** The comment that the page was opened for. */
  commentId: string | null
}

/** The player and the conversation beside it. Mount it anew (by key) for another asset. */
export function Review({ asset, me, rights, bar, commentId }: ReviewProps) {
  const ready = stageOf(asset).kind === 'ready'
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of an asset changes without changing its clock
  const clock = useMemo(() => clockOf(asset), [asset.id, asset.frames, asset.duration, asset.asset_type])
  const transport = useMemo(() => createTransport(clock ?? ONE_FRAME), [clock])
  const { data: comments = [] } = useQuery(commentsQuery(asset.id))
  const [selectedId, setSelectedId] = useState<string | null>(commentId)
  const [sketch, dispatch] = useReducer(sketchReducer, emptySketch)
  const player = useRef<HTMLElement>(null)
  const selected = comments.find(({ id }) => id === selectedId) ?? null

  function select(comment: Comment | null) {
    setSelectedId(comment?.id ?? null)
    if (!comment || comment.timestamp === null || !clock) return
    transport.pause()
    transport.seek(comment.timestamp)
  }

  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || !selected || !ready) return
    opened.current = true
    if (selected.timestamp !== null) transport.seek(selected.timestamp)
  }, [selected, ready, transport])

  const hasPicture = asset.asset_type === 'image' || Boolean(asset.rushes?.width)
  const review: ReviewState = {
    asset,
    clock,
    hasPicture,
    me,
    rights,
    comments,
    selected,
    select,
    sketch,
    dispatch,
  }
  return (
    <ReviewProvider value={review}>
      <TransportProvider value={transport}>
        <SourceProvider>
          <Keys player={player} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: it only says where the focus stays */}
          <div className="review" onMouseDown={keepKeys}>
            {bar}
            <section className="player" ref={player} aria-label="Player">
              <Stage />
              {clock && ready && <Timeline />}
              {clock && ready && <Controls player={player} />}
            </section>
            <CommentPanel />
          </div>
        </SourceProvider>
      </TransportProvider>
    </ReviewProvider>
  )
}

/**
 * A button pressed by mouse doesn't take the focus, or the next Space would press it again instead of playing. By keyboard
 * everything takes the focus as usual.
 */
function keepKeys(event: MouseEvent): void {
  const target = event.target as HTMLElement
  if (!target.closest('button')) return
  event.preventDefault()
  if (!target.closest('.composer, .text-form')) (document.activeElement as HTMLElement | null)?.blur()
}
