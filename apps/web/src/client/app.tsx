import { useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link, Route, Switch } from 'wouter'
import { InboxPage } from './account/inbox-page.tsx'
import { PasswordPage } from './account/password-page.tsx'
import { SignInPage } from './account/sign-in-page.tsx'
import { TokensPage } from './account/tokens-page.tsx'
import { HomePage } from './projects/home-page.tsx'
import { ProjectPage } from './projects/project-page.tsx'
import { Shell } from './shell.tsx'
import { Empty, Failure } from './ui/states.tsx'
import { UploadTray } from './uploads/tray.tsx'
import { sessionQuery } from './wire/session.ts'

// The player is the larger half of the client; whoever manages projects needn't load it.
const ReviewPage = lazy(() =>
  import('./player/review-page.tsx').then((page) => ({ default: page.ReviewPage })),
)
const GuestPage = lazy(() => import('./links/guest-page.tsx').then((page) => ({ default: page.GuestPage })))
const Entrances = lazy(() => import('./account/entrances.tsx').then((page) => ({ default: page.Entrances })))

export function App() {
  return (
    <Suspense>
      <Switch>
        <Route path="/r/:code/:assetId?">
          {({ code, assetId }) => <GuestPage code={code} assetId={assetId ?? null} />}
        </Route>
        <Route path={/^\/(join|sign-up|forgot|reset)$/}>
          <Entrances />
        </Route>
        <Route>
          <SignedIn>
            <Pages />
            <UploadTray />
          </SignedIn>
        </Route>
      </Switch>
    </Suspense>
  )
}

/** Shows the sign-in form in place of any page, so that signing in leads to the page that was asked for. */
function SignedIn({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery)
  if (session.isError) return <Failure error={session.error} retry={() => void session.refetch()} />
  if (session.isPending) return null
  return session.data ? children : <SignInPage />
}

function Pages() {
  return (
    <Switch>
      <Route path="/assets/:id">{({ id }) => <ReviewPage key={id} assetId={id} />}</Route>
      <Route>
        <Shell>
          <Switch>
            <Route path="/">
              <HomePage />
            </Route>
            <Route path="/projects/:id/:folderId?">
              {({ id, folderId }) => (
                <ProjectPage key={folderId ?? id} projectId={id} folderId={folderId ?? null} />
              )}
            </Route>
            <Route path="/inbox">
              <InboxPage />
            </Route>
            <Route path="/password">
              <PasswordPage />
            </Route>
            <Route path="/tokens">
              <TokensPage />
            </Route>
            <Route>
              <Empty icon={SearchX} title="No such page">
                <Link className="button" href="/">
                  Go to your projects
                </Link>
              </Empty>
            </Route>
          </Switch>
        </Shell>
      </Route>
    </Switch>
  )
}
