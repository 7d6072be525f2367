import { Accounts, authorize, authorizeActor, type Core, type Ctx, invalid } from '@rushes/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendJson, sendPage, wantsJson } from './fail.ts'
import type { Html } from './html/html.ts'
import type { Visitor } from './html/layout.ts'
import { accountPage } from './pages/account.ts'
import { searchPage } from './pages/search.ts'
import { reasonPage } from './pages/sign-in.ts'
import { systemPage } from './pages/system.ts'
import { visit } from './visit.ts'

/** Something that staff look at: read in a context that can only look, shown as page or JSON. */
interface Look<Model> {
  read(ctx: Ctx, request: FastifyRequest): Promise<Model>
  page(visitor: Visitor, model: Model, request: FastifyRequest): Html
}

/** The pages that show something of tenants. */
export function addLooks(server: FastifyInstance, core: Core): void {
  server.get('/', async (request, reply) => {
    const { visitor } = await visit(core, request)
    if (visitor.reason === null) return reply.redirect('/reason', 303)
    return sendPage(reply, searchPage(visitor, '', null))
  })

  addLook(server, core, '/accounts', {
    read: (ctx, request) => {
      const input = Accounts.FindAccounts.safeParse(request.query)
      if (!input.success) throw invalid('email', 'Give the e-mail of somebody in the account')
      return Accounts.findAccounts(ctx, authorizeActor(ctx, Accounts.staffOnly), input.data)
    },
    page: (visitor, found, request) => searchPage(visitor, emailOf(request), found),
  })

  addLook(server, core, '/accounts/:id', {
    read: async (ctx, request) => {
      const { id } = request.params as { id: string }
      return Accounts.viewAccount(ctx, await authorize(ctx, Accounts.viewAccountPolicy, id))
    },
    page: accountPage,
  })

  addLook(server, core, '/system', {
    read: (ctx) => Accounts.viewSystem(ctx, authorizeActor(ctx, Accounts.staffOnly)),
    page: systemPage,
  })
}

function addLook<Model>(server: FastifyInstance, core: Core, path: string, look: Look<Model>): void {
  server.get(path, async (request, reply) => {
    const { ctx, person, visitor } = await visit(core, request)
    if (visitor.reason === null && !wantsJson(request))
      return sendPage(reply, reasonPage(visitor, null, request.url), 403)
    const model = await look.read(await Accounts.actAsStaff(ctx, person, visitor.reason), request)
    return wantsJson(request) ? sendJson(reply, model) : sendPage(reply, look.page(visitor, model, request))
  })
}

function emailOf({ query }: FastifyRequest): string {
  const { email } = query as { email?: unknown }
  return typeof email === 'string' ? email.trim() : ''
}
