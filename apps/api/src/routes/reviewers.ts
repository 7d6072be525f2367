import { Projects } from '@rushes/core'
import { type Route, route } from '@rushes/middleware'
import { reviewerView } from '../views/review-link.ts'

const view = (reviewers: Projects.Reviewer[]) => reviewers.map(reviewerView)

export const reviewers: Route[] = [
  route('POST /v2/review_links/:review_link_id/reviewers', {
    policy: Projects.updateReviewLinkPolicy,
    id: 'review_link_id',
    input: Projects.AddReviewers,
    run: Projects.addReviewers,
    view,
  }),
  route('DELETE /v2/review_links/:review_link_id/reviewers', {
    policy: Projects.updateReviewLinkPolicy,
    id: 'review_link_id',
    input: Projects.RemoveReviewers,
    run: Projects.removeReviewers,
    view,
  }),
]
