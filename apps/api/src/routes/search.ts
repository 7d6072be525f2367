import { Accounts, Projects } from '@rushes/core'
import { listRoute, type Route } from '@rushes/middleware'
import { assetView } from '../views/asset.ts'

/** Both searches are one: the library is what an account's person may see, and so is any other search. */
export const search: Route[] = (['GET', 'POST'] as const).flatMap((method) =>
  (['assets', 'library'] as const).map((what) =>
    listRoute(`${method} /v2/search/${what}`, {
      policy: Accounts.signedIn('asset.read'),
      input: Projects.SearchAssets,
      run: Projects.searchAssets,
      view: assetView,
    }),
  ),
)
