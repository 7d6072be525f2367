import {
  type ActorPolicy,
  authorize,
  authorizeActor,
  type Core,
  type Ctx,
  type Granted,
  type Page,
  type Policy,
} from '@rushes/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type RouteName = `${Method} /${string}`

/** What a view may need besides the data. */
export interface ViewContext {
  core: Core
  ctx: Ctx
  /** Scheme and host that self-referring URLs start with. */
  base: string
}

/** What a route may do with HTTP itself beyond its answer: cookies and headers, never the body. */
export interface Wire {
  request: FastifyRequest
  reply: FastifyReply
}

/** A route as the table holds it. There is none without a policy: `route` and `listRoute` ask for one by type. */
export interface Route {
  name: RouteName
  method: Method
  path: string
  policy: string
  scope: string | null
  input: z.ZodType
  answer(ctx: Ctx, input: Record<string, unknown>, view: ViewContext, wire: Wire): Promise<unknown>
  list: boolean
}

interface OnRow<Row extends object, Name extends string, Input extends z.ZodType> {
  policy: Policy<Row, Name>
  /** The path parameter that names the row. */
  id: string
  input: Input
}

interface OnActor<Row extends object, Name extends string, Input extends z.ZodType> {
  policy: ActorPolicy<Row, Name>
  input: Input
}

type Spec<Row extends object, Name extends string, Input extends z.ZodType> =
  | OnRow<Row, Name, Input>
  | OnActor<Row, Name, Input>

type Run<Row extends object, Name extends string, Input extends z.ZodType, Out> = (
  ctx: Ctx,
  granted: Granted<Row, Name>,
  input: z.output<Input>,
  wire: Wire,
) => Promise<Out> | Out

type View<Out> = (out: Out, view: ViewContext) => unknown

/**
 * A route with one object as its answer: the policy decides and hands over the row, `run` is the Core service, `view` puts
 * the result in wire form.
 */
export function route<Row extends object, Name extends string, Input extends z.ZodType, Out>(
  name: RouteName,
  spec: Spec<Row, Name, Input> & { run: Run<Row, Name, Input, Out>; view: View<Out> },
): Route {
  return {
    ...describe(name, spec),
    list: false,
    answer: async (ctx, input, view, wire) => {
      const granted = await grant(ctx, spec, input, wire)
      return spec.view(await spec.run(ctx, granted, spec.input.parse(input) as z.output<Input>, wire), view)
    },
  }
}

/** A route with one page of a list as its answer: a bare array, and its place in headers (H3). */
export function listRoute<Row extends object, Name extends string, Input extends z.ZodType, Item>(
  name: RouteName,
  spec: Spec<Row, Name, Input> & { run: Run<Row, Name, Input, Page<Item>>; view: View<Item> },
): Route {
  return {
    ...describe(name, spec),
    list: true,
    answer: async (ctx, input, view, wire) => {
      const granted = await grant(ctx, spec, input, wire)
      const read = (wanted: Record<string, unknown>) =>
        spec.run(ctx, granted, spec.input.parse(wanted) as z.output<Input>, wire)
      const page = await read(input)
      // Past the end there is no row to say how many there are.
      const beyond = page.rows.length === 0 && page.page > 1
      const total = beyond ? (await read({ ...input, page: 1, page_size: 1 })).total : page.total
      return { ...page, total, rows: page.rows.map((item) => spec.view(item, view)) }
    },
  }
}

function describe<Row extends object, Name extends string, Input extends z.ZodType>(
  name: RouteName,
  spec: Spec<Row, Name, Input>,
) {
  const [method, path] = name.split(' ') as [Method, string]
  return { name, method, path, policy: spec.policy.name, scope: spec.policy.scope, input: spec.input }
}

async function grant<Row extends object, Name extends string, Input extends z.ZodType>(
  ctx: Ctx,
  spec: Spec<Row, Name, Input>,
  input: Record<string, unknown>,
  { reply }: Wire,
): Promise<Granted<Row, Name>> {
  if (!('id' in spec)) return authorizeActor(ctx, spec.policy)
  const row = await authorize(ctx, spec.policy, String(input[spec.id] ?? '').toLowerCase())
  // Read before the data, so a socket that resumes from it can't miss what the snapshot lacks.
  if ('project_seq' in row && typeof row.project_seq === 'number')
    reply.header('x-project-seq', row.project_seq)
  return row
}
