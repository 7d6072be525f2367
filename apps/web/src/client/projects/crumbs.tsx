import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import { Link } from 'wouter'
import { pathQuery } from '../wire/assets.ts'
import type { Project } from '../wire/types.ts'

interface CrumbsProps {
  projectId: string
  project: Project | undefined
  folderId: string | null
}

/** The way from the list of projects down to this folder. */
export function Crumbs({ projectId, project, folderId }: CrumbsProps) {
  const path = useQuery({ ...pathQuery(folderId ?? ''), enabled: folderId !== null })
  // The first of the path is the project's root folder, which the project's own name stands for.
  const folders = path.data?.slice(1) ?? []
  const name = project?.name ?? '…'
  return (
    <nav className="crumbs" aria-label="Folders">
      <Link href="/">Projects</Link>
      <ChevronRight size={18} />
      {folderId ? (
        <Link href={`/projects/${projectId}`}>{name}</Link>
      ) : (
        <h1 className="crumb-here">{name}</h1>
      )}
      {folders.map((folder) => (
        <Fragment key={folder.id}>
          <ChevronRight size={18} />
          {folder.id === folderId ? (
            <h1 className="crumb-here">{folder.name}</h1>
          ) : (
            <Link href={`/projects/${projectId}/${folder.id}`}>{folder.name}</Link>
          )}
        </Fragment>
      ))}
    </nav>
  )
}
