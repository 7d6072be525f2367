export { EmbeddedError, type EmbeddedErrorCode } from './errors.ts'
export { freePort } from './free-port.ts'
export { lockFile } from './lock.ts'
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './server.ts'
