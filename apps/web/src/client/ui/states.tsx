import type { LucideIcon } from 'lucide-react'
import { CircleAlert, CloudOff } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { RequestError } from '../wire/request.ts'
import { Button } from './button.tsx'

interface EmptyProps {
  icon: LucideIcon
  title: string
  children?: ReactNode
}

/** What a page shows when there is nothing yet, and what to do about it. */
export function Empty({ icon: Icon, title, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon size={34} strokeWidth={1.4} />
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** What a page shows when it can't be read. */
export function Failure({ error, retry }: { error: unknown; retry?(): void }) {
  const missing = error instanceof RequestError && error.status === 404
  return (
    <div className="empty" role="alert">
      <CircleAlert size={34} strokeWidth={1.4} />
      <h2>{missing ? 'Nothing here' : 'This didn’t load'}</h2>
      <p>{error instanceof Error ? error.message : 'Something went wrong.'}</p>
      {retry && !missing && <Button onClick={retry}>Try again</Button>}
    </div>
  )
}

export function Skeleton({ style }: { style: CSSProperties }) {
  return <div className="skeleton" style={style} aria-hidden="true" />
}

/** Said while the live connection is away; it comes back by itself, and with it what was missed. */
export function Offline() {
  return (
    <span className="offline" role="status">
      <CloudOff size={15} /> Reconnecting…
    </span>
  )
}
