import { MessageSquare } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { Link } from 'wouter'
import { LabelDot } from '../ui/label-menu.tsx'
import { bytesText } from '../ui/time.ts'
import { uploadQueue } from '../uploads/queue.ts'
import type { Asset } from '../wire/types.ts'
import { faceOf, hrefOf } from './asset-face.ts'
import { AssetMenu } from './asset-menu.tsx'
import { Poster } from './poster.tsx'

interface AssetCardProps {
  asset: Asset
  selected: boolean
  onSelect(selected: boolean): void
  /** Share of its bytes sent, when this browser is uploading it. */
  uploaded: number | null
}

export function AssetCard({ asset, selected, onSelect, uploaded }: AssetCardProps) {
  const drop = useVersionDrop(asset)
  return (
    <article className={`card ${drop.over ? 'drop-over' : ''}`} {...drop.events}>
      <input
        type="checkbox"
        className="card-check"
        aria-label={`Select ${asset.name}`}
        checked={selected}
        onChange={(event) => onSelect(event.target.checked)}
      />
      <Link className="card-link" href={hrefOf(asset)} data-asset={asset.id}>
        <Poster asset={asset} uploaded={uploaded} />
        <span className="card-name" title={asset.name}>
          {asset.label !== 'none' && <LabelDot label={asset.label} />}
          <span>{asset.name}</span>
        </span>
        <CardMeta asset={asset} />
      </Link>
      <AssetMenu asset={asset} />
    </article>
  )
}

function CardMeta({ asset }: { asset: Asset }) {
  const { comment_count, filesize } = faceOf(asset)
  return (
    <span className="card-meta">
      {bytesText(filesize)}
      {comment_count > 0 && (
        <span title={`${comment_count} comments`}>
          <MessageSquare size={13} /> {comment_count}
        </span>
      )}
    </span>
  )
}

/** Lets a file dropped on a file's card become its newest version. */
function useVersionDrop(asset: Asset) {
  const [over, setOver] = useState(false)
  const events = {
    onDragEnter: () => setOver(true),
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      const file = event.dataTransfer.files[0]
      setOver(false)
      if (!file || event.dataTransfer.files.length > 1 || !asset.parent_id) return
      event.preventDefault()
      event.stopPropagation()
      uploadQueue.add([file], asset.parent_id, asset.id)
    },
  }
  return { over, events }
}
