import './people.css'
import { useQuery } from '@tanstack/react-query'
import { Dialog } from '../ui/dialog.tsx'
import { Failure, Skeleton } from '../ui/states.tsx'
import { InviteForm } from './invite-form.tsx'
import { type Circle, peopleQuery } from './people.ts'
import { PersonRow } from './person-row.tsx'

interface PeopleDialogProps {
  circle: Circle
  onClose(): void
}

/** Who is in a project or team, and a way to bring in more. */
export function PeopleDialog({ circle, onClose }: PeopleDialogProps) {
  const people = useQuery(peopleQuery(circle))
  return (
    <Dialog title={`People ${circle.kind === 'team' ? 'in' : 'on'} ${circle.name}`} onClose={onClose}>
      {circle.managed && <InviteForm circle={circle} />}
      {people.isPending && <Skeleton style={{ height: 96 }} />}
      {people.isError && <Failure error={people.error} retry={() => void people.refetch()} />}
      {people.data?.length === 0 && (
        <p className="people-none">
          {circle.kind === 'team'
            ? 'Nobody, so far.'
            : 'Only the team, so far. Whoever you invite sees this project and no other.'}
        </p>
      )}
      {people.data && people.data.length > 0 && (
        <ul className="people" aria-label="People">
          {people.data.map((person) => (
            <PersonRow key={person.id} circle={circle} person={person} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}
