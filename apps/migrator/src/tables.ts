import type { Migration } from '@rushes/dynasaur'
import type { Settlement } from './publish/publication.ts'
import { accountsMigration, accountsSettlement } from './translators/accounts.ts'
import { assetTreeSettlement } from './translators/asset-tree.ts'
import { commentsMigration, commentsSettlement } from './translators/comments.ts'
import { fileReferencesMigration, fileReferencesSettlement } from './translators/file-references.ts'
import { foldersMigration, foldersSettlement } from './translators/folders.ts'
import { projectsMigration, projectsSettlement } from './translators/projects.ts'
import { teamsMigration, teamsSettlement } from './translators/teams.ts'
import { usersMigration, usersSettlement } from './translators/users.ts'
import { versionStacksMigration, versionStacksSettlement } from './translators/version-stacks.ts'

/** The legacy tables that migrate; also what `dynasaur --definition` reads. */
export const migrations: readonly Migration[] = [
  usersMigration,
  accountsMigration,
  teamsMigration,
  projectsMigration,
  foldersMigration,
  versionStacksMigration,
  fileReferencesMigration,
  commentsMigration,
]

/** In the order in which they settle and publish: each needs those before it. */
export const settlements: readonly Settlement[] = [
  usersSettlement,
  accountsSettlement,
  teamsSettlement,
  projectsSettlement,
  foldersSettlement,
  versionStacksSettlement,
  fileReferencesSettlement,
  assetTreeSettlement,
  commentsSettlement,
]
