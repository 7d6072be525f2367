import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from './index.ts'
import { openapi } from './openapi.ts'

interface Operation {
  parameters: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: { properties: object; required: string[] } }> }
}

const document = openapi(routes, 'http://rushes.test') as { paths: Record<string, Record<string, Operation>> }

test('every served route is in the document, and nothing else', () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  assert.deepEqual(documented.toSorted(), routes.map((route) => route.name).toSorted())
})

test('a route is registered once, under a policy', () => {
  assert.equal(new Set(routes.map((route) => route.name)).size, routes.length)
  for (const route of routes) assert.match(route.policy, /^[a-z_.]+$/, route.name)
})

test('what a route takes is described from the schema that parses it', () => {
  const create = document.paths['/v2/assets/{asset_id}/children']?.post
  const schema = create?.requestBody?.content['application/json']?.schema
  assert.deepEqual(schema?.required.toSorted(), ['name', 'type'])
  assert.ok(schema && 'filesize' in schema.properties)
  const list = document.paths['/v2/assets/{asset_id}/children']?.get
  assert.ok(list?.parameters.some((parameter) => parameter.name === 'page_size' && parameter.in === 'query'))
})
