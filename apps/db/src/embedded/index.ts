export { EmbeddedError, type EmbeddedErrorCode } from './errors.ts'
export { freePort } from './free-port.ts'
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './server.ts'
