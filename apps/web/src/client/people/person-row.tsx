import { Mail } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { type Circle, type Person, remove } from './people.ts'

interface PersonRowProps {
  circle: Circle
  person: Person
}

export function PersonRow({ circle, person }: PersonRowProps) {
  const [sure, setSure] = useState(false)
  const email = person.user?.email ?? person.email ?? ''
  const name = person.user?.name ?? email
  const gone = person.user ? `${name} is off the ${circle.kind}` : `The invitation of ${name} is withdrawn`
  const takeOff = () => remove(circle, person).then(() => toast(gone), toastError)
  const role = person.role === 'team_manager' ? ' · Manager' : ''
  return (
    <li className="person">
      {person.user ? <Avatar person={person.user} size={30} /> : <Envelope />}
      <span className="row-text">
        {name}
        <small>
          {person.user ? email : 'Invited, not here yet'}
          {role}
        </small>
      </span>
      {circle.managed &&
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
