import type { Client } from '../client.ts'
import type { Join } from '../protocol/index.ts'
import { assets } from './assets.ts'
import type { ChannelContext } from './context.ts'
import { projects } from './projects.ts'
import { reviewLinks } from './review-links.ts'
import { users } from './users.ts'

/** Topics are `<kind>:<uuid>`; anything else is nobody's. */
const topicForm =
  /^(projects|users|assets|review_links):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const kinds = { projects, users, assets, review_links: reviewLinks }

/** Who answers joins of a topic. */
export function channelFor(context: ChannelContext, topic: string): Join<Client> | undefined {
  const kind = topicForm.exec(topic)?.[1] as keyof typeof kinds | undefined
  return kind && kinds[kind](context)
}
