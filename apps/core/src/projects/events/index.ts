import type { Protocols } from '../../events.ts'
import { type AssetEvent, assetProtocols } from './asset.ts'
import { type CommentEvent, commentProtocols } from './comment.ts'
import { type HookEvent, hookProtocols } from './hook.ts'
import { type ProjectOnlyEvent, projectOnlyProtocols } from './project.ts'
import { type ReviewLinkEvent, reviewLinkProtocols } from './review-link.ts'

export type ProjectEvent = AssetEvent | CommentEvent | HookEvent | ProjectOnlyEvent | ReviewLinkEvent
export const projectProtocols: Protocols<ProjectEvent> = {
  ...assetProtocols,
  ...commentProtocols,
  ...hookProtocols,
  ...projectOnlyProtocols,
  ...reviewLinkProtocols,
}
