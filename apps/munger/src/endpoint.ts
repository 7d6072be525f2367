import type { Call } from './call.ts'
import type { LegacyRecord } from './wire/codec.ts'

/** One call of the legacy contract. */
export interface Endpoint {
  /** Below the root, as Fastify writes paths. */
  path: string
  methods: ('GET' | 'POST')[]
  /** Whether somebody must be signed in. */
  open: boolean
  /** Administration calls (R5) tell `success`, also of a refusal. */
  tellsSuccess: boolean
  run(call: Call): Promise<Answer>
}

/** A record; `true` for an administration call that has nothing else to say; or a file. */
export type Answer = LegacyRecord | true | TextFile

export class TextFile {
  readonly name: string
  readonly content: string

  constructor(name: string, content: string) {
    this.name = name
    this.content = content
  }
}

type Run = (call: Call) => Promise<LegacyRecord>

/** A read, by GET or POST alike (R1). */
export function read(path: string, run: (call: Call) => Promise<Exclude<Answer, true>>): Endpoint {
  return { path, methods: ['GET', 'POST'], open: false, tellsSuccess: false, run }
}

export function write(path: string, run: Run): Endpoint {
  return { path, methods: ['POST'], open: false, tellsSuccess: false, run }
}

/** What anybody may call: signing in and up. */
export function open(path: string, run: Run): Endpoint {
  return { ...write(path, run), open: true }
}

/** A call of account, team or project administration. */
export function administer(path: string, run: (call: Call) => Promise<unknown>): Endpoint {
  return {
    ...write(path, async () => ({})),
    tellsSuccess: true,
    run: async (call) => {
      await run(call)
      return true
    },
  }
}
