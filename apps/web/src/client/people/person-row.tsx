import { Mail } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { type Collaborator, remove } from './people.ts'

interface PersonRowProps {
  projectId: string
  person: Collaborator
  removable: boolean
}

export function PersonRow({ projectId, person, removable }: PersonRowProps) {
  const [sure, setSure] = useState(false)
  const email = person.user?.email ?? person.email ?? ''
  const name = person.user?.name ?? email
  const gone = person.user ? `${name} is off the project` : `The invitation of ${name} is withdrawn`
  const takeOff = () => remove(projectId, person).then(() => toast(gone), toastError)
  return (
    <li className="person">
      {person.user ? <Avatar person={person.user} size={30} /> : <Envelope />}
      <span className="row-text">
        {name}
        <small>{person.user ? email : 'Invited, not here yet'}</small>
      </span>
      {removable &&
        (sure ? (
          <Button look="danger" autoFocus onBlur={() => setSure(false)} onClick={() => void takeOff()}>
            {person.user ? 'Remove for good' : 'Withdraw'}
          </Button>
        ) : (
          <Button look="quiet" aria-label={`Remove ${name}`} onClick={() => setSure(true)}>
            Remove
          </Button>
        ))}
    </li>
  )
}

function Envelope() {
  return (
    <span className="person-invited" aria-hidden="true">
      <Mail size={15} />
    </span>
  )
}
