import './projects.css'
import { useQuery } from '@tanstack/react-query'
import { Clapperboard, Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { teamCircle } from '../people/people.ts'
import { PeopleDialog } from '../people/people-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { NameDialog } from '../ui/name-dialog.tsx'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { useTitle } from '../ui/use-title.ts'
import { createProject, sharedProjectsQuery, teamProjectsQuery, teamsQuery } from '../wire/projects.ts'
import type { Team } from '../wire/types.ts'
import { ProjectCard } from './project-card.tsx'

export function HomePage() {
  const teams = useQuery(teamsQuery)
  const shared = useQuery(sharedProjectsQuery)
  const nothing = teams.data?.length === 0 && shared.data?.length === 0
  useTitle('Projects')
  return (
    <div className="page">
      <div className="page-head">
        <h1>Projects</h1>
      </div>
      {teams.isPending && <ProjectSkeletons />}
      {teams.isError && <Failure error={teams.error} retry={() => void teams.refetch()} />}
      {nothing && (
        <Empty icon={Clapperboard} title="You’re not in a team yet">
          <p>Ask somebody of your team to invite you; their projects will appear here.</p>
        </Empty>
      )}
      {teams.data?.map((team) => (
        <TeamSection key={team.id} team={team} />
      ))}
      {shared.data && shared.data.length > 0 && (
        <section className="team">
          <div className="team-head">
            <h2>Shared with you</h2>
          </div>
          <div className="project-grid">
            {shared.data.map((project) => (
              <ProjectCard key={project.id} project={project} />
            ))}
          </div>
        </section>
      )}
    </div>
  )
}

function TeamSection({ team }: { team: Team }) {
  const projects = useQuery(teamProjectsQuery(team.id))
  const [dialog, setDialog] = useState<'project' | 'people' | null>(null)
  const [, navigate] = useLocation()
  return (
    <section className="team">
      <div className="team-head">
        <h2>{team.name}</h2>
        <span className="spacer" />
        <Button look="quiet" onClick={() => setDialog('people')}>
          <Users size={16} /> People
        </Button>
        <Button look="quiet" onClick={() => setDialog('project')}>
          <Plus size={16} /> New project
        </Button>
      </div>
      {projects.isPending && <ProjectSkeletons />}
      {projects.isError && <Failure error={projects.error} retry={() => void projects.refetch()} />}
      {projects.data?.length === 0 && (
        <Empty icon={Clapperboard} title="No projects yet">
          <p>A project holds the media, the versions and the conversation about one piece of work.</p>
          <Button look="primary" onClick={() => setDialog('project')}>
            Create the first one
          </Button>
        </Empty>
      )}
      <div className="project-grid">
        {projects.data?.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </div>
      {dialog === 'people' && <PeopleDialog circle={teamCircle(team)} onClose={() => setDialog(null)} />}
      {dialog === 'project' && (
        <NameDialog
          title="New project"
          action="Create project"
          doing="Creating…"
          onClose={() => setDialog(null)}
          onName={async (name) => navigate(`/projects/${(await createProject(team.id, name)).id}`)}
        />
      )}
    </section>
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
