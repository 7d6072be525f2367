import { ArrowLeft, ChevronDown, Download, Link as LinkIcon } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { ShareDialog } from '../links/share-dialog.tsx'
import { useWatchers } from '../live/use-watchers.ts'
import { Avatars } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { LabelMenu } from '../ui/label-menu.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Offline } from '../ui/states.tsx'
import { ago } from '../ui/time.ts'
import type { Asset, Label } from '../wire/types.ts'
import { downloadsOf } from './downloads.ts'

interface ReviewBarProps {
  file: Asset
  /** What carries the status: the version stack, or the file itself. */
  labelled: Asset
  versions: Asset[]
  connected: boolean
  back: string
  userId: string
  onVersion(version: Asset): void
  onLabel(label: Label): void
}

export function ReviewBar(props: ReviewBarProps) {
  const { file, labelled, versions, connected, back, userId, onVersion, onLabel } = props
  const [sharing, setSharing] = useState(false)
  const watchers = useWatchers(file.id, userId)
  return (
    <header className="review-bar">
      <Link className="icon-button" href={back} aria-label="Back to the folder" title="Back to the folder">
        <ArrowLeft size={19} />
      </Link>
      <h1 title={file.name}>{file.name}</h1>
      {versions.length > 1 && <VersionMenu versions={versions} current={file} onChoose={onVersion} />}
      <LabelMenu label={labelled.label} onChoose={onLabel} />
      <span className="spacer" />
      {!connected && <Offline />}
      <Avatars people={watchers} />
      <DownloadMenu file={file} />
      <Button look="primary" onClick={() => setSharing(true)}>
        <LinkIcon size={15} /> <span className="wide-only">Share</span>
      </Button>
      {sharing && (
        <ShareDialog projectId={file.project_id} assetIds={[labelled.id]} onClose={() => setSharing(false)} />
      )}
    </header>
  )
}

interface VersionMenuProps {
  versions: Asset[]
  current: Asset
  onChoose(version: Asset): void
}

export function VersionMenu({ versions, current, onChoose }: VersionMenuProps) {
  const numberOf = (version: Asset) => version.version ?? versions.length - versions.indexOf(version)
  const at = versions.find(({ id }) => id === current.id) ?? current
  const face = (
    <span className="menu-face version-face">
      v{numberOf(at)} <ChevronDown size={14} />
    </span>
  )
  return (
    <Menu label={`Version ${numberOf(at)}`} face={face}>
      {versions.map((version) => (
        <MenuItem
          key={version.id}
          checked={version.id === current.id}
          hint={ago(version.inserted_at)}
          onSelect={() => onChoose(version)}
        >
          <span className="mono">v{numberOf(version)}</span> {version.name}
        </MenuItem>
      ))}
    </Menu>
  )
}

export function DownloadMenu({ file }: { file: Asset }) {
  const files = downloadsOf(file)
  if (files.length === 0) return null
  return (
    <Menu label="Download" face={<Download size={18} />} align="right">
      {files.map(({ label, url }) => (
        <MenuItem key={label} onSelect={() => window.open(url, '_self')}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}
