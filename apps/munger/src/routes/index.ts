import type { Endpoint } from '../endpoint.ts'
import { accounts } from './accounts.ts'
import { comments } from './comments.ts'
import { fileReferences } from './file-references.ts'
import { folders } from './folders.ts'
import { projects } from './projects.ts'
import { reviewLinks } from './review-links.ts'
import { sessions } from './session.ts'
import { teams } from './teams.ts'
import { users } from './users.ts'
import { versionStacks } from './version-stacks.ts'

/** Every call that the Munger answers. */
export const endpoints: Endpoint[] = [
  ...sessions,
  ...users,
  ...accounts,
  ...teams,
  ...projects,
  ...folders,
  ...fileReferences,
  ...versionStacks,
  ...comments,
  ...reviewLinks,
]
