import { authorize, Projects } from '@rushes/core'
import type { Umbrella } from '../umbrella.ts'
import { makeClips } from './clips.ts'
import { openJournal } from './journal.ts'
import { type Cast, type DemoUser, makePeople } from './people.ts'
import { makeProject } from './project.ts'
import { makeRemarks } from './remarks.ts'

/** What the demo made, for `demo.json`. */
export interface Demo {
  users: DemoUser[]
  /** The code of a review link. */
  review_code: string
  project_id: string
}

/**
 * Fills an empty installation with the demo, through Core's services as everybody else writes: four people, a project with
 * folders, clips that are uploaded and transcoded for real, a version stack, comments with drawings, a review link. Goes on
 * where an earlier run that wrote `journalFile` was killed, and returns when everything is transcoded.
 */
export async function seedDemo({ core, settle }: Umbrella, journalFile: string): Promise<Demo> {
  const journal = await openJournal(journalFile)
  const cast = await makePeople(core, journal)
  const project = await makeProject(cast, journal)
  const ids = await makeClips(core, cast, project, journal)
  await journal.step('versions', () => stackVersions(cast, ids.get('teaser1')!, ids.get('teaser2')!))
  await makeRemarks(cast, ids, journal)
  const review_code = await journal.step('review link', () =>
    shareTeaser(cast, project.id, ids.get('teaser2')!),
  )
  await settle()
  return { users: cast.users, review_code, project_id: project.id }
}

async function stackVersions({ as }: Cast, first: string, next: string): Promise<void> {
  const target = await authorize(as('bruno'), Projects.updateAssetPolicy, first)
  const { asset } = await Projects.addVersion(as('bruno'), target, { next_asset_id: next })
  const stack = await authorize(as('bruno'), Projects.labelAssetPolicy, asset.id)
  await Projects.labelAsset(as('bruno'), stack, { label: 'needs_review' })
}

async function shareTeaser({ as }: Cast, projectId: string, assetId: string): Promise<string> {
  const project = await authorize(as('ana'), Projects.shareProject, projectId)
  const { link } = await Projects.createReviewLink(as('ana'), project, {
    name: 'Teaser for the client',
    asset_ids: [assetId],
  })
  return link.code
}
