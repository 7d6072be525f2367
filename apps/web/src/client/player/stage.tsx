import { Download, FileText, Play } from 'lucide-react'
import { type CSSProperties, useRef, useState } from 'react'
import { readAnnotation } from '../drawing/annotation.ts'
import { DrawBar } from '../drawing/draw-bar.tsx'
import { DrawingLayer } from '../drawing/drawing-layer.tsx'
import { playhead, useTransport, useTransportState } from '../media/use-transport.ts'
import { stageOf } from '../projects/asset-face.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/states.tsx'
import { Processing } from './processing.tsx'
import { useReview } from './review-context.ts'
import { useSource } from './source-context.tsx'
import { Waveform } from './waveform.tsx'

/** The picture, as large as the window allows, with drawings exactly on it. */
export function Stage() {
  const { asset, hasPicture, sketch, dispatch } = useReview()
  const extras = asset.rushes
  const [ratio, setRatio] = useState(extras?.width && extras.height ? extras.width / extras.height : 16 / 9)
  if (stageOf(asset).kind !== 'ready') return <Processing asset={asset} />
  const still = asset.asset_type === 'image' ? (asset.image_high ?? asset.image_full ?? asset.original) : null
  if (asset.asset_type !== 'stream' && !still) return <NoPreview />
  return (
    <div className="stage">
      <div className="picture" style={{ '--ratio': ratio } as CSSProperties}>
        {still ? (
          <img
            src={still}
            alt={asset.name}
            onLoad={({ currentTarget: image }) => setRatio(image.naturalWidth / image.naturalHeight)}
          />
        ) : (
          <Picture audio={!hasPicture} onRatio={setRatio} />
        )}
        {hasPicture && <Drawing ratio={ratio} />}
      </div>
      {sketch.tool && <DrawBar sketch={sketch} dispatch={dispatch} />}
      <Overlay />
    </div>
  )
}

function Drawing({ ratio }: { ratio: number }) {
  const { sketch, dispatch } = useReview()
  return <DrawingLayer ratio={ratio} shown={useShownDrawing()} sketch={sketch} dispatch={dispatch} />
}

/** The selected comment's drawing, while its own frame stands still on screen. */
function useShownDrawing() {
  const { selected, clock } = useReview()
  const playing = useTransportState((state) => state.playing)
  const frame = useTransportState(playhead)
  if (!selected?.annotation) return []
  const from = selected.timestamp
  const there = !clock || from === null || (frame >= from && frame <= from + (selected.duration ?? 0))
  return there && !playing ? readAnnotation(selected.annotation) : []
}

function Picture({ audio, onRatio }: { audio: boolean; onRatio(ratio: number): void }) {
  const transport = useTransport()
  const { mount } = useSource()
  const { asset } = useReview()
  const [poster] = useState(asset.thumb_540)
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: captions aren't part of V2's assets */}
      <video
        ref={mount}
        playsInline
        preload="auto"
        poster={poster ?? undefined}
        className={audio ? 'unseen' : ''}
        onClick={transport.toggle}
        onLoadedMetadata={({ currentTarget: video }) =>
          video.videoHeight > 0 && onRatio(video.videoWidth / video.videoHeight)
        }
      />
      {audio && <Waveform large />}
    </>
  )
}

function Overlay() {
  const { source, problem, retry } = useSource()
  const { asset, sketch } = useReview()
  const transport = useTransport()
  const waiting = useTransportState((state) => state.waiting)
  const atStart = useTransportState((state) => !state.playing && playhead(state) === 0)
  const touched = useRef(false)
  touched.current ||= !atStart || sketch.tool !== null
  if (asset.asset_type !== 'stream') return null
  if (problem) {
    return (
      <div className="stage-note" role="alert">
        {problem} <Button onClick={retry}>Try again</Button>
      </div>
    )
  }
  if (waiting || !source) return <span className="spinner" role="status" aria-label="Loading" />
  if (touched.current) return null
  return (
    <button type="button" className="big-play" aria-label="Play from the start" onClick={transport.play}>
      <Play size={34} fill="currentColor" />
    </button>
  )
}

function NoPreview() {
  const { asset, rights } = useReview()
  return (
    <div className="stage">
      <Empty icon={FileText} title="No preview for this kind of file">
        <p>You can still comment on it as a whole.</p>
        {rights.download && asset.original && (
          <a className="button" href={asset.original}>
            <Download size={16} /> Download
          </a>
        )}
      </Empty>
    </div>
  )
}
