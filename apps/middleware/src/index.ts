export { actorOf, GUEST_COOKIE, SESSION_COOKIE } from './credentials.ts'
export { listRoute, type Route, type RouteName, route, type ViewContext, type Wire } from './route.ts'
export { createServer, mount, type ServerOptions } from './server.ts'
export { type WireError, wireError, wireStatus } from './wire-error.ts'
