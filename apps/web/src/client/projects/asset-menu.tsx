import { EllipsisVertical } from 'lucide-react'
import { useState } from 'react'
import { LABELS, LabelDot } from '../ui/label-menu.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { NameDialog } from '../ui/name-dialog.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { pickFiles } from '../uploads/pick-files.ts'
import { uploadQueue } from '../uploads/queue.ts'
import { deleteAsset, refreshAsset, renameAsset, setLabel } from '../wire/assets.ts'
import type { Asset, Label } from '../wire/types.ts'
import { faceOf } from './asset-face.ts'

export function AssetMenu({ asset }: { asset: Asset }) {
  const [renaming, setRenaming] = useState(false)
  const act = (work: Promise<unknown>, done?: string) =>
    void work.then(() => refreshAsset(asset)).then(() => done && toast(done), toastError)
  const addVersion = async () => {
    if (asset.parent_id) uploadQueue.add(await pickFiles(false), asset.parent_id, asset.id)
  }
  const { original } = faceOf(asset)
  return (
    <>
      <Menu label={`More for ${asset.name}`} face={<EllipsisVertical size={17} />} align="right">
        <MenuItem onSelect={() => setRenaming(true)}>Rename…</MenuItem>
        {asset.type !== 'folder' && (
          <MenuItem onSelect={() => void addVersion()}>Upload new version…</MenuItem>
        )}
        {original && <MenuItem onSelect={() => window.open(original, '_blank')}>Download original</MenuItem>}
        <div className="menu-line" />
        {asset.type !== 'folder' &&
          (Object.keys(LABELS) as Label[]).map((label) => (
            <MenuItem
              key={label}
              checked={asset.label === label}
              onSelect={() => act(setLabel(asset.id, label))}
            >
              <LabelDot label={label} />
              {LABELS[label]}
            </MenuItem>
          ))}
        {asset.type !== 'folder' && <div className="menu-line" />}
        <MenuItem danger onSelect={() => act(deleteAsset(asset.id), `${asset.name} moved to the trash`)}>
          Move to trash
        </MenuItem>
      </Menu>
      {renaming && (
        <NameDialog
          title="Rename"
          action="Rename"
          doing="Renaming…"
          name={asset.name}
          onClose={() => setRenaming(false)}
          onName={(name) => renameAsset(asset.id, name).then(() => refreshAsset(asset))}
        />
      )}
    </>
  )
}
