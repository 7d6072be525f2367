import './projects.css'
import { useQuery } from '@tanstack/react-query'
import { Clapperboard, Plus } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Button } from '../ui/button.tsx'
import { NameDialog } from '../ui/name-dialog.tsx'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { ago } from '../ui/time.ts'
import { childrenQuery } from '../wire/assets.ts'
import { createProject, teamProjectsQuery, teamsQuery } from '../wire/projects.ts'
import type { Project, Team } from '../wire/types.ts'
import { thumbsOf } from './asset-face.ts'

export function HomePage() {
  const teams = useQuery(teamsQuery)
  return (
    <div className="page">
      <div className="page-head">
        <h1>Projects</h1>
      </div>
      {teams.isPending && <ProjectSkeletons />}
      {teams.isError && <Failure error={teams.error} retry={() => void teams.refetch()} />}
      {teams.data?.length === 0 && (
        <Empty icon={Clapperboard} title="You’re not in a team yet">
          <p>Ask somebody of your team to invite you; their projects will appear here.</p>
        </Empty>
      )}
      {teams.data?.map((team) => (
        <TeamSection key={team.id} team={team} />
      ))}
    </div>
  )
}

function TeamSection({ team }: { team: Team }) {
  const projects = useQuery(teamProjectsQuery(team.id))
  const [naming, setNaming] = useState(false)
  const [, navigate] = useLocation()
  return (
    <section className="team">
      <div className="team-head">
        <h2>{team.name}</h2>
        <span className="spacer" />
        <Button look="quiet" onClick={() => setNaming(true)}>
          <Plus size={16} /> New project
        </Button>
      </div>
      {projects.isPending && <ProjectSkeletons />}
      {projects.isError && <Failure error={projects.error} retry={() => void projects.refetch()} />}
      {projects.data?.length === 0 && (
        <Empty icon={Clapperboard} title="No projects yet">
          <p>A project holds the media, the versions and the conversation about one piece of work.</p>
          <Button look="primary" onClick={() => setNaming(true)}>
            Create the first one
          </Button>
        </Empty>
      )}
      <div className="project-grid">
        {projects.data?.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </div>
      {naming && (
        <NameDialog
          title="New project"
          action="Create project"
          onClose={() => setNaming(false)}
          onName={async (name) => navigate(`/projects/${(await createProject(team.id, name)).id}`)}
        />
      )}
    </section>
  )
}

function ProjectCard({ project }: { project: Project }) {
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

function ProjectSkeletons() {
  return (
    <div className="project-grid">
      {[0, 1, 2].map((index) => (
        <Skeleton key={index} style={{ height: 220, borderRadius: 12 }} />
      ))}
    </div>
  )
}
