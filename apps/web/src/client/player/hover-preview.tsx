import { frameToTimecode } from '@rushes/media/timecode'
import { tileAt, tileStyle } from '../media/sprite.ts'
import { useTransport } from '../media/use-transport.ts'
import { useReview } from './review-context.ts'

/** A small picture of the moment under the pointer, and its timecode. */
export function HoverPreview({ frame, share }: { frame: number; share: number }) {
  const { asset } = useReview()
  const { clock } = useTransport()
  const sprite = asset.rushes?.sprite
  const seconds = (frame * clock.rate.den) / clock.rate.num
  return (
    <div className="hover-preview" style={{ left: `clamp(86px, ${share * 100}%, calc(100% - 86px))` }}>
      {sprite && asset.thumb_scrub && (
        <div
          className="hover-picture"
          style={{
            ...tileStyle(sprite, asset.thumb_scrub, tileAt(sprite, seconds)),
            aspectRatio: `${sprite.tileWidth} / ${sprite.tileHeight}`,
          }}
        />
      )}
      <span className="mono">{frameToTimecode(frame, clock.format)}</span>
    </div>
  )
}
