import { Link } from 'wouter'
import { Entrance } from './entrance.tsx'

/** Said of a mailed link that was used, replaced, withdrawn, or is too old. */
export function LinkGone() {
  return (
    <Entrance title="This link is not valid any more">
      <h1>This link is not valid any more</h1>
      <p role="alert">
        It was used already, a newer one replaced it, or its time is over. Ask whoever invited you to do it
        again, or ask for a new password.
      </p>
      <nav className="quiet-links">
        <Link href="/">Sign in</Link>
        <Link href="/forgot">Forgot your password?</Link>
      </nav>
    </Entrance>
  )
}
