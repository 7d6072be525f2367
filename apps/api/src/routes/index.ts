import type { Route } from '@rushes/middleware'
import { accounts } from './accounts.ts'
import { aliases } from './aliases.ts'
import { assets } from './assets.ts'
import { auditEvents } from './audit-events.ts'
import { comments } from './comments.ts'
import { copies } from './copies.ts'
import { developerTokens } from './developer-tokens.ts'
import { hooks } from './hooks.ts'
import { legacyIds } from './legacy-ids.ts'
import { mailedLinks } from './mailed-links.ts'
import { notifications } from './notifications.ts'
import { projects } from './projects.ts'
import { reviewLinks } from './review-links.ts'
import { reviewers } from './reviewers.ts'
import { search } from './search.ts'
import { session } from './session.ts'
import { teams } from './teams.ts'

/** Every route of the V2 API and of what the web client needs beside it. */
export const routes: Route[] = [
  ...accounts,
  ...teams,
  ...projects,
  ...assets,
  ...copies,
  ...comments,
  ...reviewLinks,
  ...reviewers,
  ...hooks,
  ...search,
  ...session,
  ...mailedLinks,
  ...developerTokens,
  ...notifications,
  ...legacyIds,
  ...aliases,
  ...auditEvents,
]
