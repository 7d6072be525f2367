import { Accounts, Projects } from '@rushes/core'
import { GUEST_COOKIE, listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { cookieOptions } from '../session-cookie.ts'
import { linkItemView, reviewLinkView } from '../views/review-link.ts'

const nothing = z.object({})
const code = z.string().max(64)
const MONTH_SECONDS = 30 * 86_400

export const reviewLinks: Route[] = [
  route('GET /v2/review_links/:review_link_id', {
    policy: Projects.readReviewLink,
    id: 'review_link_id',
    input: nothing,
    run: Projects.getReviewLink,
    view: reviewLinkView,
  }),
  route('PUT /v2/review_links/:review_link_id', {
    policy: Projects.updateReviewLinkPolicy,
    id: 'review_link_id',
    input: Projects.WriteReviewLink,
    run: Projects.updateReviewLink,
    view: reviewLinkView,
  }),
  route('DELETE /v2/review_links/:review_link_id', {
    policy: Projects.deleteReviewLinkPolicy,
    id: 'review_link_id',
    input: nothing,
    run: Projects.deleteReviewLink,
    view: reviewLinkView,
  }),
  ...(['POST', 'PUT'] as const).map((method) =>
    route(`${method} /v2/review_links/:review_link_id/assets`, {
      policy: Projects.updateReviewLinkPolicy,
      id: 'review_link_id',
      input: Projects.LinkAssets,
      run: (ctx, link, input) =>
        Projects.setLinkAssets(ctx, link, input, method === 'PUT' ? 'replace' : 'add'),
      view: reviewLinkView,
    }),
  ),
  ...(['items', 'items/shared'] as const).map((path) =>
    listRoute(`GET /v2/review_links/:review_link_id/${path}`, {
      policy: Projects.readReviewLink,
      id: 'review_link_id',
      input: Projects.ListLinkItems,
      run: Projects.listLinkItems,
      view: linkItemView,
    }),
  ),
  route('DELETE /v2/review_links/:review_link_id/items/shared', {
    policy: Projects.updateReviewLinkPolicy,
    id: 'review_link_id',
    input: Projects.LinkAssets,
    run: Projects.removeLinkAssets,
    view: (items, view) => items.map((item) => linkItemView(item, view)),
  }),
  route('GET /review/:code', {
    policy: Accounts.everyone,
    input: z.object({ code }),
    run: Projects.openReview,
    view: (door) => ({ link: door, needs_password: door.needs_password }),
  }),
  route('POST /review/:code/enter', {
    policy: Accounts.everyone,
    input: Projects.EnterReview.extend({ code }),
    run: async (ctx, anyone, input, wire) => {
      const { token, ...entered } = await Projects.enterReview(ctx, anyone, input)
      wire.reply.setCookie(GUEST_COOKIE, token, cookieOptions(ctx, wire, MONTH_SECONDS))
      return entered
    },
    view: ({ door, guest }) => ({ link: door, needs_password: false, guest }),
  }),
]
