import { Link as LinkIcon, Trash2, X } from 'lucide-react'
import { Button, IconButton } from '../ui/button.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { deleteAsset, refreshAsset } from '../wire/assets.ts'
import type { Asset } from '../wire/types.ts'

interface SelectionBarProps {
  assets: Asset[]
  selected: ReadonlySet<string>
  onClear(): void
  onShare(): void
}

/** What can be done with the selected assets; there only while some are. */
export function SelectionBar({ assets, selected, onClear, onShare }: SelectionBarProps) {
  const chosen = assets.filter(({ id }) => selected.has(id))
  if (chosen.length === 0) return null
  const remove = async () => {
    for (const asset of chosen) await deleteAsset(asset.id)
    if (chosen[0]) await refreshAsset(chosen[0])
    onClear()
    toast(`${chosen.length} moved to the trash`)
  }
  return (
    <div className="selection-bar" role="toolbar" aria-label="Selection">
      <strong>{chosen.length} selected</strong>
      <Button look="primary" onClick={onShare}>
        <LinkIcon size={15} /> Share for review
      </Button>
      <Button look="quiet" onClick={() => void remove().catch(toastError)}>
        <Trash2 size={15} /> Trash
      </Button>
      <IconButton label="Clear the selection" onClick={onClear}>
        <X size={17} />
      </IconButton>
    </div>
  )
}
