import { Folder } from 'lucide-react'
import { Link } from 'wouter'
import type { Asset } from '../wire/types.ts'
import { hrefOf, thumbsOf } from './asset-face.ts'
import { AssetMenu } from './asset-menu.tsx'

/** A folder, as a low tile above the media. */
export function FolderCard({ folder }: { folder: Asset }) {
  const [thumb] = thumbsOf([folder], 1)
  return (
    <article className="folder-card">
      <Link className="card-link" href={hrefOf(folder)} data-asset={folder.id}>
        <span className="folder-thumb" style={thumb ? { backgroundImage: `url("${thumb}")` } : {}}>
          {!thumb && <Folder size={22} strokeWidth={1.5} />}
        </span>
        <span className="folder-text">
          <strong title={folder.name}>{folder.name}</strong>
          <small>
            {folder.item_count} {folder.item_count === 1 ? 'item' : 'items'}
          </small>
        </span>
      </Link>
      <span className="folder-menu">
        <AssetMenu asset={folder} />
      </span>
    </article>
  )
}
