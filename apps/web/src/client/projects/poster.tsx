import { AudioLines, CircleAlert, FileText, Image } from 'lucide-react'
import { type PointerEvent, useState } from 'react'
import { clockText } from '../media/frames.ts'
import { tileAt, tileStyle } from '../media/sprite.ts'
import type { Asset } from '../wire/types.ts'
import { faceOf, stageOf, stageText } from './asset-face.ts'

/** The picture of an asset; moving the pointer across it scrubs through the video. */
export function Poster({ asset, uploaded }: { asset: Asset; uploaded: number | null }) {
  const file = faceOf(asset)
  return (
    <div className="poster">
      <Picture file={file} />
      <Scrub file={file} />
      <StageNote file={file} uploaded={uploaded} />
      {(asset.versions ?? 0) > 1 && <span className="chip versions">v{asset.versions}</span>}
      {file.duration ? (
        <span className="chip duration mono">{clockText(Math.round(file.duration))}</span>
      ) : null}
    </div>
  )
}

function Picture({ file }: { file: Asset }) {
  const url = file.thumb_540 ?? file.thumb
  if (url) return <img src={url} alt="" loading="lazy" draggable={false} />
  if (stageOf(file).kind !== 'ready') return null
  if (file.waveform) return <span className="poster-wave" style={{ maskImage: `url("${file.waveform}")` }} />
  const Icon = file.filetype?.startsWith('audio/')
    ? AudioLines
    : file.asset_type === 'image'
      ? Image
      : FileText
  return (
    <span className="poster-icon">
      <Icon size={40} strokeWidth={1.1} />
    </span>
  )
}

function Scrub({ file }: { file: Asset }) {
  const [share, setShare] = useState<number | null>(null)
  const sprite = file.rushes?.sprite
  if (!sprite || !file.thumb_scrub) return null
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    setShare(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)))
  }
  const tile = tileAt(sprite, (share ?? 0) * (file.duration ?? 0))
  const style = { ...tileStyle(sprite, file.thumb_scrub, tile), ...fit(sprite.tileWidth / sprite.tileHeight) }
  return (
    <div className="poster-scrub-area" onPointerMove={move} onPointerLeave={() => setShare(null)}>
      {share !== null && (
        <>
          <div className="poster-scrub" style={style} />
          <i className="poster-line" style={{ left: `${share * 100}%` }} />
        </>
      )}
    </div>
  )
}

/** Puts a tile of another shape than the 16:9 poster into its middle, with bars. */
function fit(ratio: number) {
  return ratio >= 16 / 9
    ? { height: `${((16 / 9 / ratio) * 100).toFixed(2)}%` }
    : { width: `${(ratio / (16 / 9)) * 100}%` }
}

function StageNote({ file, uploaded }: { file: Asset; uploaded: number | null }) {
  const stage = stageOf(file)
  if (stage.kind === 'ready') return null
  if (stage.kind === 'failed') {
    return (
      <div className="poster-state failed">
        <CircleAlert size={22} />
        {stage.detail}
      </div>
    )
  }
  const share = stage.kind === 'uploading' ? (uploaded ?? 0) : stage.progress
  return (
    <div className="poster-state">
      {stageText(stage)}
      <span className="progress">
        <i style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  )
}
