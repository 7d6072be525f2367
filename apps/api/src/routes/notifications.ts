import { Accounts, Projects, pageInput } from '@rushes/core'
import { listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'

export const notifications: Route[] = [
  listRoute('GET /v2/notifications', {
    policy: Accounts.signedIn(null),
    input: z.object(pageInput),
    run: Projects.listNotifications,
    view: ({ event_id: _, ...notification }) => ({ _type: 'notification', ...notification }),
  }),
  route('POST /v2/notifications/read', {
    policy: Accounts.signedIn(null),
    input: Projects.ReadNotifications,
    run: Projects.readNotifications,
    view: (result) => result,
  }),
]
