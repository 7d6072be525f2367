// A DynamoDB emulator that ships no types.
declare module 'dynalite' {
  import type { Server } from 'node:http'

  function dynalite(options?: { createTableMs?: number; deleteTableMs?: number; path?: string }): Server
  export = dynalite
}
