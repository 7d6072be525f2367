import type { Projects } from '@rushes/core'
import type { ViewContext } from '@rushes/middleware'
import { assetView } from './asset.ts'
import { userView } from './user.ts'

/** V2's ReviewLink (section 1.10). The password is never in it. */
export function reviewLinkView({ link, owner }: Projects.LinkDetail, { base }: ViewContext) {
  const { code, invite_only, password_changed_at: _, ...columns } = link
  return {
    _type: 'review_link',
    ...columns,
    access_control: { invite_only },
    password: null,
    requires_passphrase: link.has_password,
    owner: owner && userView(owner),
    short_url: `${base}/r/${code}`,
    folder_item_count: 0,
    bundle_count: 0,
    available_features: {},
  }
}

/** Somebody a link was sent to: a person, or an e-mail that nobody has yet. */
export function reviewerView(reviewer: Projects.Reviewer) {
  if (reviewer.pending) return { _type: 'pending_reviewer', ...reviewer.row }
  return { _type: 'reviewer', ...reviewer.row, user: reviewer.user && userView(reviewer.user) }
}

export function linkItemView(item: Projects.LinkItem, view: ViewContext) {
  return {
    _type: 'review_link_item',
    ...item,
    asset: item.asset && assetView(item.asset, view),
    deleted_at: null,
  }
}
