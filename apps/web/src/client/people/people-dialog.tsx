import './people.css'
import { useQuery } from '@tanstack/react-query'
import { Dialog } from '../ui/dialog.tsx'
import { Failure, Skeleton } from '../ui/states.tsx'
import type { Project } from '../wire/types.ts'
import { InviteForm } from './invite-form.tsx'
import { collaboratorsQuery, mayInvite } from './people.ts'
import { PersonRow } from './person-row.tsx'

interface PeopleDialogProps {
  project: Project
  onClose(): void
}

/** Who works on the project beside the team, and a way to bring in more. */
export function PeopleDialog({ project, onClose }: PeopleDialogProps) {
  const people = useQuery(collaboratorsQuery(project.id))
  const manages = mayInvite(project)
  return (
    <Dialog title={`People on ${project.name}`} onClose={onClose}>
      {manages && <InviteForm projectId={project.id} />}
      {people.isPending && <Skeleton style={{ height: 96 }} />}
      {people.isError && <Failure error={people.error} retry={() => void people.refetch()} />}
      {people.data?.length === 0 && (
        <p className="people-none">
          Only the team, so far. Whoever you invite sees this project and no other.
        </p>
      )}
      {people.data && people.data.length > 0 && (
        <ul className="people" aria-label="Collaborators">
          {people.data.map((person) => (
            <PersonRow key={person.id} projectId={project.id} person={person} removable={manages} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}
