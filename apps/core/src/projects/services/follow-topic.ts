import { readUsers } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { may } from '../../policy.ts'
import { isTeam, type Role } from '../access.ts'
import { readAsset } from '../policies/asset.ts'
import { followProject } from '../policies/project.ts'
import { readReviewLink } from '../policies/review-link.ts'

/** Who sees the same of a project's events: the team, its collaborators, or the guests of one review link. */
export type Audience = 'team' | 'everyone' | `link:${string}`

/** What somebody may do under a topic of a socket. */
export interface Following {
  /** Whose log the topic shows; null for an inbox. */
  projectId: string | null
  audience: Audience
  /** Whether others may hear and see them; support staff only look. */
  speaks: boolean
  person: { id: string; name: string }
}

/** Whether the actor may follow `projects:<id>`, `assets:<id>`, `review_links:<id>` or their own `users:<id>`; null: no. */
export async function followTopic(ctx: Ctx, topic: string): Promise<Following | null> {
  const [kind, id = ''] = topic.split(':', 2)
  switch (kind) {
    case 'projects': {
      const project = await may(ctx, followProject, id)
      return project && following(ctx, project.id, project.role)
    }
    case 'assets': {
      const asset = await may(ctx, readAsset, id)
      return asset && following(ctx, asset.project_id, asset.role)
    }
    case 'review_links': {
      const link = await may(ctx, readReviewLink, id)
      return link && { ...(await following(ctx, link.project_id, link.role)), audience: `link:${link.id}` }
    }
    case 'users': {
      const own = ctx.actor.kind === 'user' && ctx.actor.userId === id
      return own ? { projectId: null, audience: 'team', speaks: true, person: await personOf(ctx) } : null
    }
    default:
      return null
  }
}

async function following(ctx: Ctx, projectId: string, role: Role): Promise<Following> {
  return { projectId, audience: audienceOf(ctx, role), speaks: role !== 'staff', person: await personOf(ctx) }
}

function audienceOf({ actor }: Ctx, role: Role): Audience {
  if (actor.kind === 'guest') return `link:${actor.reviewLinkId}`
  return isTeam(role) ? 'team' : 'everyone'
}

async function personOf(ctx: Ctx): Promise<Following['person']> {
  const { actor } = ctx
  if (actor.kind === 'guest') return guestOf(ctx, actor.anonymousUserId)
  const id = actor.kind === 'user' || actor.kind === 'staff' ? actor.userId : ''
  return { id, name: (await readUsers(ctx, [id || null])).get(id)?.name ?? '' }
}

async function guestOf({ db }: Ctx, id: string): Promise<Following['person']> {
  const guest = await db.selectFrom('anonymous_users').select('name').where('id', '=', id).executeTakeFirst()
  return { id, name: guest?.name ?? '' }
}
