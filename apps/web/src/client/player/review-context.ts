import { createContext, useContext } from 'react'
import type { Sketch, SketchAction } from '../drawing/sketch.ts'
import type { FrameClock } from '../media/frames.ts'
import type { Asset, Comment } from '../wire/types.ts'

/** What this visitor may do with what is on screen; the server decides, this only hides what it would refuse. */
export interface Rights {
  comment: boolean
  complete: boolean
  keepPrivate: boolean
  label: boolean
  share: boolean
  download: boolean
}

export interface Review {
  asset: Asset
  /** Null for stills and documents. */
  clock: FrameClock | null
  /** Whether there is a picture to draw on. */
  hasPicture: boolean
  me: { id: string; name: string }
  rights: Rights
  comments: Comment[]
  selected: Comment | null
  select(comment: Comment | null): void
  sketch: Sketch
  dispatch(action: SketchAction): void
}

const ReviewContext = createContext<Review | null>(null)

export const ReviewProvider = ReviewContext.Provider

/** The review on screen. Throws outside one. */
export function useReview(): Review {
  const review = useContext(ReviewContext)
  if (!review) throw new Error('useReview needs a ReviewProvider above it')
  return review
}
