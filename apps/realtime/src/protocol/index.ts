/**
 * A Phoenix Channels server (protocol of Phoenix 1.8) for Node: V1 and V2, WebSocket and long-poll, presence. Clients
 * that exist for JavaScript, Swift, Kotlin, Dart, C# and Python connect unmodified.
 */
export { type Answer, Channel, type Join, type Joined } from './channel.ts'
export type { Connection, Drop } from './connection.ts'
export { ConnectRefused, Refused } from './errors.ts'
export type { BroadcastOptions } from './fanout.ts'
export type { Handshake } from './handshake.ts'
export { defaultLimits, type Limits } from './limits.ts'
export type { Payload, Ref } from './message.ts'
export { Presence } from './presence.ts'
export { ChannelServer, type ChannelServerOptions } from './server.ts'
