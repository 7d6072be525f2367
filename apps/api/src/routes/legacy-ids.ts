import { Accounts, Projects } from '@rushes/core'
import { type Route, route } from '@rushes/middleware'

const view = (found: Projects.LegacyId) => ({ _type: 'legacy_id', ...found })

/** For the Munger: from ids of the legacy estate to ours and back. */
export const legacyIds: Route[] = [
  route('GET /v2/legacy_ids/:kind/:legacy_id', {
    policy: Accounts.signedIn(null),
    input: Projects.FindLegacyId,
    run: Projects.findLegacyId,
    view,
  }),
  route('POST /v2/legacy_ids', {
    policy: Accounts.signedIn(null),
    input: Projects.ListLegacyIds,
    run: Projects.listLegacyIds,
    view: (found) => found.map(view),
  }),
]
