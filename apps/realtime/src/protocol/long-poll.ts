import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Connection } from './connection.ts'
import { ConnectRefused } from './errors.ts'
import type { Limits } from './limits.ts'
import { LongPollTransport } from './long-poll-transport.ts'
import type { Transport } from './transport.ts'

const maxLines = 100

/** Decides about a client; @throws ConnectRefused */
type Admit<S> = (request: IncomingMessage) => Promise<(transport: Transport) => Connection<S>>

type Session<S> = { readonly connection: Connection<S>; readonly transport: LongPollTransport }

/**
 * `{mount}/longpoll`: GET waits for messages, POST brings them. The true status stands in the body, HTTP says 200.
 * Its sessions are known to this process alone, so several nodes need sticky routing.
 */
export class LongPoll<S> {
  readonly #limits: Limits
  readonly #admit: Admit<S>
  readonly #sessions = new Map<string, Session<S>>()

  constructor(limits: Limits, admit: Admit<S>) {
    this.#limits = limits
    this.#admit = admit
  }

  /** Answers one request to the endpoint. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = tokenOf(request)
    const session = this.#sessions.get(token ?? '')
    if (request.method === 'OPTIONS') preflight(response)
    else if (request.method === 'POST') await this.#post(request, response, session)
    else if (request.method !== 'GET') answer(response, { status: 400 }, 400)
    else if (session !== undefined && token !== undefined) await poll(response, session, token)
    else await this.#open(request, response)
  }

  async #open(request: IncomingMessage, response: ServerResponse) {
    try {
      const open = await this.#admit(request)
      const token = randomBytes(32).toString('base64url')
      const transport = new LongPollTransport(this.#limits, () => this.#end(token))
      this.#sessions.set(token, { connection: open(transport), transport })
      answer(response, { status: 410, token, messages: [] })
    } catch (error) {
      if (!(error instanceof ConnectRefused)) throw error
      answer(response, { status: error.status })
    }
  }

  async #post(request: IncomingMessage, response: ServerResponse, session: Session<S> | undefined) {
    if (session === undefined) return answer(response, { status: 410 })
    const limit = maxLines * this.#limits.maxFrameBytes
    if (Number(request.headers['content-length'] ?? limit + 1) > limit)
      return answer(response, { status: 413 }, 413)
    const body = await text(request)
    const lines = request.headers['content-type']?.startsWith('application/x-ndjson')
      ? body.split('\n')
      : [body]
    if (lines.length > maxLines) return answer(response, { status: 413 }, 413)
    for (const line of lines) session.connection.receive(frameOf(line))
    answer(response, { status: 200 })
  }

  #end(token: string) {
    const session = this.#sessions.get(token)
    this.#sessions.delete(token)
    session?.connection.gone()
  }
}

async function poll<S>(response: ServerResponse, session: Session<S>, token: string) {
  session.connection.touch()
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const messages = await session.transport.take(gone.signal)
  if (messages === undefined) return answer(response, { status: 410 })
  answer(response, { status: messages.length > 0 ? 200 : 204, token, messages })
}

/** The newest clients send the token in a header, phoenix 1.8.16 and older in the query. */
function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers['x-phoenix-longpoll-token']
  if (typeof header === 'string') return header
  return new URL(request.url ?? '/', 'http://localhost').searchParams.get('token') ?? undefined
}

function frameOf(line: string): string | Uint8Array {
  return line.startsWith('[') || line.startsWith('{') ? line : Buffer.from(line, 'base64')
}

function preflight(response: ServerResponse) {
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  response.setHeader(
    'access-control-allow-headers',
    'content-type, x-phoenix-authtoken, x-phoenix-longpoll-token',
  )
  answer(response, { status: 200 })
}

function answer(response: ServerResponse, body: object, status = 200) {
  if (response.destroyed) return
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
  })
  response.end(JSON.stringify(body))
}
