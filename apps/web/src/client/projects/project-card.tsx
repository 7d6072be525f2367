import { useQuery } from '@tanstack/react-query'
import { Clapperboard } from 'lucide-react'
import { Link } from 'wouter'
import { ago } from '../ui/time.ts'
import { childrenQuery } from '../wire/assets.ts'
import type { Project } from '../wire/types.ts'
import { thumbsOf } from './asset-face.ts'

export function ProjectCard({ project }: { project: Project }) {
  const { data: children = [] } = useQuery(childrenQuery(project.root_asset_id))
  const thumbs = thumbsOf(children, 3)
  const files = project.file_count ?? children.length
  return (
    <Link className="project-card" href={`/projects/${project.id}`}>
      <Cover thumbs={thumbs} />
      <span className="project-text">
        <strong>{project.name}</strong>
        <small>
          {files} {files === 1 ? 'file' : 'files'} · {ago(project.updated_at)}
        </small>
      </span>
    </Link>
  )
}

/** Three pictures of the project, or one when there are fewer. */
function Cover({ thumbs }: { thumbs: string[] }) {
  const shown = thumbs.length < 3 ? thumbs.slice(0, 1) : thumbs
  if (shown.length === 0) {
    return (
      <span className="project-cover empty-cover">
        <Clapperboard size={34} strokeWidth={1.2} />
      </span>
    )
  }
  return (
    <span className={`project-cover ${shown.length === 1 ? 'single' : ''}`}>
      {shown.map((thumb) => (
        <span key={thumb} style={{ backgroundImage: `url("${thumb}")` }} />
      ))}
    </span>
  )
}
