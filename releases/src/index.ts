export { type Config, portsFrom, readConfig } from './config/config.ts'
export { StartError, type StartErrorCode } from './start-error.ts'
export { startUmbrella, type Umbrella, type UmbrellaOptions } from './umbrella.ts'
