import './projects.css'
import { useQuery } from '@tanstack/react-query'
import { FolderPlus, Upload, UploadCloud, Users } from 'lucide-react'
import { useState } from 'react'
import { ShareDialog } from '../links/share-dialog.tsx'
import { useLive } from '../live/use-live.ts'
import { projectCircle } from '../people/people.ts'
import { PeopleDialog } from '../people/people-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { NameDialog } from '../ui/name-dialog.tsx'
import { Failure, Offline } from '../ui/states.tsx'
import { useTitle } from '../ui/use-title.ts'
import { pickFiles } from '../uploads/pick-files.ts'
import { uploadQueue } from '../uploads/queue.ts'
import { childrenQuery, createFolder, refreshAsset } from '../wire/assets.ts'
import { projectQuery } from '../wire/projects.ts'
import { AssetGrid } from './asset-grid.tsx'
import { Crumbs } from './crumbs.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useDrop } from './use-drop.ts'

interface ProjectPageProps {
  projectId: string
  /** Null for the project's root. */
  folderId: string | null
}

export function ProjectPage({ projectId, folderId }: ProjectPageProps) {
  const project = useQuery(projectQuery(projectId))
  const here = folderId ?? project.data?.root_asset_id ?? null
  const children = useQuery({ ...childrenQuery(here ?? ''), enabled: here !== null })
  const connected = useLive(`projects:${projectId}`, projectId, project.isSuccess && children.isSuccess)
  const drop = useDrop(here)
  useTitle(project.data?.name)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<'folder' | 'share' | 'people' | null>(null)
  const error = project.error ?? children.error
  if (error) return <Failure error={error} retry={() => void children.refetch()} />

  const addFiles = async () => here && uploadQueue.add(await pickFiles(true), here)
  return (
    <div className="page drop-area" {...drop.events}>
      <div className="page-head">
        <Crumbs projectId={projectId} project={project.data} folderId={folderId} />
        {!connected && <Offline />}
        <Button onClick={() => setDialog('people')}>
          <Users size={16} /> People
        </Button>
        <Button onClick={() => setDialog('folder')}>
          <FolderPlus size={16} /> New folder
        </Button>
        <Button look="primary" onClick={() => void addFiles()}>
          <Upload size={16} /> Upload
        </Button>
      </div>
      <AssetGrid
        assets={children.data}
        selected={selected}
        onSelect={setSelected}
        onUpload={() => void addFiles()}
      />
      <SelectionBar
        assets={children.data ?? []}
        selected={selected}
        onClear={() => setSelected(new Set())}
        onShare={() => setDialog('share')}
      />
      {drop.over && (
        <div className="drop-hint">
          <UploadCloud size={36} />
          Drop to upload here
        </div>
      )}
      {dialog === 'people' && project.data && (
        <PeopleDialog circle={projectCircle(project.data)} onClose={() => setDialog(null)} />
      )}
      {dialog === 'folder' && here && (
        <NameDialog
          title="New folder"
          action="Create folder"
          doing="Creating…"
          onClose={() => setDialog(null)}
          onName={(name) => createFolder(here, name).then(refreshAsset)}
        />
      )}
      {dialog === 'share' && (
        <ShareDialog projectId={projectId} assetIds={[...selected]} onClose={() => setDialog(null)} />
      )}
    </div>
  )
}
