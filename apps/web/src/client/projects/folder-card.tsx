import { Folder } from 'lucide-react'
import { Link } from 'wouter'
import type { Asset } from '../wire/types.ts'
import { hrefOf } from './asset-face.ts'
import { AssetMenu } from './asset-menu.tsx'

/** A folder, as a low tile above the media. */
export function FolderCard({ folder }: { folder: Asset }) {
  return (
    <article className="folder-card">
      <Link className="card-link" href={hrefOf(folder)} data-asset={folder.id}>
        <Folder size={20} strokeWidth={1.6} />
        <span className="folder-name" title={folder.name}>
          {folder.name}
        </span>
        <small>{folder.item_count}</small>
      </Link>
      <span className="folder-menu">
        <AssetMenu asset={folder} />
      </span>
    </article>
  )
}
