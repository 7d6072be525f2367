import { useQuery } from '@tanstack/react-query'
import { Clapperboard, Users } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { resetSocket } from '../live/socket.ts'
import { Button } from '../ui/button.tsx'
import { Form } from '../ui/form.tsx'
import { Failure } from '../ui/states.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { RequestError } from '../wire/request.ts'
import { sessionQuery, signIn, signOut } from '../wire/session.ts'
import { acceptInvitation, type Invitation, invitationQuery } from './entering.ts'
import { Entrance } from './entrance.tsx'
import { EmailField, NameField, NewPasswordField, PasswordField } from './fields.tsx'
import { LinkGone } from './link-gone.tsx'
import { useFragment } from './use-fragment.ts'

/** Where a mailed invitation leads: says who invites into what, and lets in. */
export function JoinPage() {
  const token = useFragment()
  const invitation = useQuery(invitationQuery(token))
  const session = useQuery(sessionQuery)
  if (invitation.error instanceof RequestError && invitation.error.status === 422) return <LinkGone />
  const error = invitation.error ?? session.error
  if (error) return <Failure error={error} retry={() => void invitation.refetch()} />
  if (!invitation.data || session.isPending) return null
  return <Welcome token={token} invitation={invitation.data} signedInAs={session.data?.email ?? null} />
}

interface WelcomeProps {
  token: string
  invitation: Invitation
  signedInAs: string | null
}

function Welcome({ token, invitation, signedInAs }: WelcomeProps) {
  const { inviter, places, email } = invitation
  const [, navigate] = useLocation()
  const [place, ...others] = places
  const entered = () => {
    const direct = place?.kind === 'project' && others.length === 0
    navigate(direct ? `/projects/${place.id}` : '/', { replace: true })
    toast(`Welcome to ${place?.name ?? 'Rushes'}`)
  }
  const wrong = signedInAs !== null && signedInAs.toLowerCase() !== email.toLowerCase()
  return (
    <Entrance title={`Join ${place?.name ?? ''}`}>
      <h1>Join {place?.name}</h1>
      <p>
        {inviter ?? 'Somebody'} invited you to work together{others.length > 0 ? ' on:' : '.'}
      </p>
      {others.length > 0 && <Places places={places} />}
      {wrong ? (
        <WrongPerson email={email} signedInAs={signedInAs} />
      ) : (
        <Accept token={token} invitation={invitation} signedIn={signedInAs !== null} onEntered={entered} />
      )}
    </Entrance>
  )
}

interface AcceptProps {
  token: string
  invitation: Invitation
  signedIn: boolean
  onEntered(): void
}

function Accept({ token, invitation: { email, registered }, signedIn, onEntered }: AcceptProps) {
  const send = async (form: FormData) => {
    const password = String(form.get('password'))
    if (registered && !signedIn) await signIn(email, password)
    await acceptInvitation(token, registered ? {} : { name: String(form.get('name')), password })
    onEntered()
  }
  return (
    <Form action="Join" doing="Joining…" onSend={send}>
      <EmailField label="E-mail" value={email} />
      {!registered && <NameField label="Your name" first />}
      {!registered && <NewPasswordField label="Choose a password" />}
      {registered && !signedIn && <PasswordField label="Your password" first />}
      {registered && !signedIn && (
        <nav className="quiet-links">
          <Link href="/forgot">Forgot your password?</Link>
        </nav>
      )}
    </Form>
  )
}

function WrongPerson({ email, signedInAs }: { email: string; signedInAs: string }) {
  return (
    <>
      <p role="alert">
        This invitation is for <strong>{email}</strong>, and you are signed in as{' '}
        <strong>{signedInAs}</strong>.
      </p>
      <Button look="primary" onClick={() => void signOut().then(resetSocket, toastError)}>
        Sign out and go on
      </Button>
    </>
  )
}

function Places({ places }: Pick<Invitation, 'places'>) {
  return (
    <ul className="places">
      {places.map(({ kind, id, name }) => (
        <li key={id}>
          {kind === 'team' ? <Users size={16} /> : <Clapperboard size={16} />}
          {name}
          <small>{kind === 'team' ? 'Team' : 'Project'}</small>
        </li>
      ))}
    </ul>
  )
}
