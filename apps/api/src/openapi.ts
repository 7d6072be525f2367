import type { Route } from '@rushes/middleware'
import { z } from 'zod'

/** One error body for every refusal (v2 section 4.6). */
const errorSchema = {
  type: 'object',
  required: ['code', 'errors', 'message'],
  properties: {
    code: { type: 'integer' },
    message: { type: 'string' },
    errors: { type: 'array', items: { type: 'object' } },
  },
}

/**
 * The OpenAPI 3.1 document of the routes that are served: paths, parameters, bodies, scopes and policies come from the very
 * table that answers. Answers are described by their kind only; their fields are V2's.
 */
export function openapi(routes: Route[], base: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Rushes', version: '2.0.0', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: base }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: errorSchema },
    },
  }
}

function operation(route: Route): object {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  const fields = Object.entries(inputSchema(route).properties ?? {}).filter(([name]) => !names.includes(name))
  const inQuery = route.method === 'GET'
  return {
    operationId: route.name.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase(),
    'x-policy': route.policy,
    ...(route.policy === 'everyone' && { security: [] }),
    ...(route.scope && { security: [{ bearer: [route.scope] }] }),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...(inQuery ? fields.map(([name, schema]) => ({ name, in: 'query', schema })) : []),
    ],
    ...(!inQuery && fields.length > 0 && { requestBody: body(route, names) }),
    responses: {
      200: {
        description: 'Success',
        content: { 'application/json': { schema: { type: route.list ? 'array' : 'object' } } },
      },
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

interface ObjectSchema {
  properties?: Record<string, object>
  required?: string[]
}

function inputSchema(route: Route): ObjectSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' })
  return schema as ObjectSchema
}

function body(route: Route, names: string[]): object {
  const { properties = {}, required = [] } = inputSchema(route)
  const schema = {
    type: 'object',
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    required: required.filter((name) => !names.includes(name)),
  }
  return {
    content: Object.fromEntries(
      ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'].map((type) => [
        type,
        { schema },
      ]),
    ),
  }
}
