import { Route, Switch } from 'wouter'
import { ForgotPage } from './forgot-page.tsx'
import { JoinPage } from './join-page.tsx'
import { ResetPage } from './reset-page.tsx'
import { SignUpPage } from './sign-up-page.tsx'

/** The pages that let people in who can't sign in (yet). */
export function Entrances() {
  return (
    <Switch>
      <Route path="/join">
        <JoinPage />
      </Route>
      <Route path="/sign-up">
        <SignUpPage />
      </Route>
      <Route path="/forgot">
        <ForgotPage />
      </Route>
      <Route path="/reset">
        <ResetPage />
      </Route>
    </Switch>
  )
}
