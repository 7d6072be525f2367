import { Film } from 'lucide-react'
import { type KeyboardEvent, useSyncExternalStore } from 'react'
import { Button } from '../ui/button.tsx'
import { Empty, Skeleton } from '../ui/states.tsx'
import { uploadQueue } from '../uploads/queue.ts'
import { uploadProgress } from '../uploads/upload.ts'
import type { Asset } from '../wire/types.ts'
import { AssetCard } from './asset-card.tsx'
import { faceOf } from './asset-face.ts'
import { FolderCard } from './folder-card.tsx'

interface AssetGridProps {
  assets: Asset[] | undefined
  selected: ReadonlySet<string>
  onSelect(selected: ReadonlySet<string>): void
  onUpload(): void
}

export function AssetGrid({ assets, selected, onSelect, onUpload }: AssetGridProps) {
  const uploads = useSyncExternalStore(uploadQueue.subscribe, uploadQueue.list)
  if (!assets) return <GridSkeleton />
  if (assets.length === 0) {
    return (
      <Empty icon={Film} title="Nothing here yet">
        <p>Drop video, audio, images or whole folders anywhere on this page.</p>
        <Button look="primary" onClick={onUpload}>
          Choose files
        </Button>
      </Empty>
    )
  }
  const uploadedShare = (asset: Asset) => {
    const upload = uploads.find(({ assetId }) => assetId === faceOf(asset).id)
    return upload ? uploadProgress(upload) : null
  }
  const toggle = (id: string, on: boolean) => {
    const next = new Set(selected)
    if (on) next.add(id)
    else next.delete(id)
    onSelect(next)
  }
  const folders = assets.filter(({ type }) => type === 'folder')
  const files = assets.filter(({ type }) => type !== 'folder')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys move between the links inside
    <div
      className={selected.size > 0 ? 'selecting' : ''}
      onKeyDown={(event) => onKey(event, selected, toggle)}
    >
      {folders.length > 0 && (
        <div className="folders">
          {folders.map((folder) => (
            <FolderCard key={folder.id} folder={folder} />
          ))}
        </div>
      )}
      <div className="grid">
        {files.map((asset) => (
          <AssetCard
            key={asset.id}
            asset={asset}
            selected={selected.has(asset.id)}
            onSelect={(on) => toggle(asset.id, on)}
            uploaded={uploadedShare(asset)}
          />
        ))}
      </div>
    </div>
  )
}

/** Arrow keys walk over the cards, X selects the one with the focus. */
function onKey(
  event: KeyboardEvent<HTMLDivElement>,
  selected: ReadonlySet<string>,
  toggle: (id: string, on: boolean) => void,
) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.card-link')]
  const at = links.indexOf(document.activeElement as HTMLElement)
  if (at < 0) return
  const row = links[at]?.parentElement?.parentElement ?? event.currentTarget
  const columns = getComputedStyle(row).gridTemplateColumns.split(' ').length
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key]
  const id = links[at]?.dataset.asset
  if (event.key === 'x' && id) toggle(id, !selected.has(id))
  else if (step !== undefined && links[at + step]) links[at + step]?.focus()
  else return
  event.preventDefault()
}

function GridSkeleton() {
  return (
    <div className="grid" aria-hidden="true">
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
        <Skeleton key={index} style={{ aspectRatio: '16 / 11', borderRadius: 10 }} />
      ))}
    </div>
  )
}
