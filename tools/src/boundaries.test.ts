import assert from 'node:assert/strict'
import { test } from 'node:test'
import { directions } from './boundaries/rules.ts'
import { importsOf, type Package, readPackages, readSources } from './boundaries/source.ts'
import { violations } from './boundaries/violations.ts'
import { root } from './root.ts'

const sources = readSources(root)
const packages = readPackages(root)

test('every file keeps to the layout', () => {
  assert.deepEqual(violations(sources, packages), [])
})

test('the scan sees the code: files of every app, and imports in them', () => {
  const imported = new Set(sources.flatMap(({ text }) => importsOf(text)))
  for (const name of ['node:test', '@rushes/core', '@rushes/monitoring', 'kysely', 'fastify'])
    assert.ok(imported.has(name), `no import of ${name} was seen`)
  for (const { folder } of packages)
    assert.ok(
      sources.some(({ path }) => path.startsWith(`${folder}/`)),
      `no file of ${folder} was seen`,
    )
  const known = packages.map(({ folder }) => folder.replace('apps/', '')).sort()
  assert.deepEqual(known, [...Object.keys(directions), 'releases', 'tools'].sort())
})

const pack = (folder: string, dependencies: string[], devDependencies: string[] = []): Package => ({
  name: `@rushes/${folder.replace('apps/', '')}`,
  folder,
  dependencies: new Set(dependencies),
  devDependencies: new Set(devDependencies),
  exports: new Set(['.', './testing']),
})

const small = [
  pack('apps/api', ['@rushes/core', '@rushes/db', 'zod'], ['fast-check']),
  pack('apps/core', ['@rushes/db', '@rushes/api', 'zod']),
  pack('apps/db', ['@rushes/monitoring', 'pg']),
  pack('apps/munger', ['@rushes/core']),
  pack('apps/monitoring', ['@rushes/auth']),
  pack('apps/auth', []),
  pack('releases', ['@rushes/api', '@rushes/db', '@rushes/monitoring']),
  pack('tools', [], ['fast-check']),
]

const from = (specifier: string) => `import { x } from '${specifier}'\n`
const called = (call: string, specifier: string) => `const x = ${call}('${specifier}')\n`

const planted: [path: string, text: string, what: RegExp][] = [
  ['apps/api/src/a.ts', from('pg'), /api\/package\.json does not declare/],
  ['apps/api/src/a.tsx', from('@types/none'), /does not declare/],
  ['apps/api/src/a.ts', `import type { X } from 'pg'\n`, /does not declare/],
  ['apps/api/src/a.ts', `import {\n  a,\n  type B,\n} from 'pg'\n`, /does not declare/],
  ['apps/api/src/a.ts', `import 'pg'\n`, /does not declare/],
  ['apps/api/src/a.ts', `export * from 'pg'\n`, /does not declare/],
  ['apps/api/src/a.ts', called('await import', 'pg'), /does not declare/],
  ['apps/api/src/a.ts', called('require', 'pg/lib/client'), /does not declare/],
  ['apps/api/src/a.ts', `type X = import('pg').Client\n`, /does not declare/],
  ['apps/api/src/a.ts', from('fs'), /does not declare/],
  ['apps/api/src/a.ts', from('fast-check'), /for tests only/],
  ['apps/api/src/a.ts', from('@rushes/db'), /may not know @rushes\/db/],
  ['apps/api/src/a.test.ts', from('@rushes/db/testing'), /may not know @rushes\/db/],
  ['apps/core/src/a.ts', from('@rushes/api'), /may not know @rushes\/api/],
  ['apps/munger/src/a.ts', from('@rushes/core'), /may not know @rushes\/core/],
  ['apps/monitoring/src/a.ts', from('@rushes/auth'), /may not know @rushes\/auth/],
  ['apps/api/src/a.ts', from('@rushes/core/src/context.ts'), /past the door of @rushes\/core/],
  ['apps/api/src/a.ts', from('../../core/src/context.ts'), /leaves its package/],
  ['releases/src/a.ts', from('@rushes/db/src/open.ts'), /past the door/],
  ['apps/core/src/projects/a.ts', from('../accounts/services/b.ts'), /into accounts past its index/],
  [
    'apps/core/src/accounts/services/a.ts',
    from('../../projects/schemas/b.ts'),
    /into projects past its index/,
  ],
  ['apps/api/src/a.ts', `const x = process.env.X\n`, /reads the environment/],
  ['releases/src/main.ts', `const x = process['env'].X\n`, /reads the environment/],
  ['apps/api/src/a.ts', `const { argv, env } = process\n`, /reads the environment/],
  ['apps/api/src/a.ts', `import { env } from 'node:process'\n`, /reads the environment/],
  ['apps/core/src/projects/a.ts', `transact(core.writer, work)\n`, /instead of `change`/],
  ['docs/a.ts', '', /belongs to no package/],
]

for (const [path, text, what] of planted)
  test(`a planted violation is found: ${path} with ${JSON.stringify(text)}`, () => {
    const found = violations([{ path, text }], small)
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0] ?? '', what)
  })

test('what is allowed is not complained of', () => {
  const fine: [string, string][] = [
    ['apps/api/src/a.ts', from('@rushes/core') + from('zod') + from('node:fs') + from('./b.ts')],
    ['apps/api/src/a.ts', `// process.exit is fine\n/** ${from('pg')} */\n// ${called('import', 'pg')}`],
    [
      'apps/api/src/a.ts',
      `health.require('disk', check)\nconst glob = '/**/*.ts'\nspawn(file, { env: {} })\n`,
    ],
    ['apps/api/src/a.test.ts', `${from('fast-check') + from('@rushes/core/testing')}process.env.X\n`],
    ['apps/core/src/projects/a.ts', from('../accounts/index.ts') + from('../context.ts') + from('./b.ts')],
    ['apps/core/src/projects/policies/a.test.ts', from('../../accounts/policies/b.ts')],
    ['apps/core/src/context.ts', 'function transact() {}\n'],
    ['apps/db/src/a.test.ts', from('@rushes/db/testing')],
    ['releases/src/config/config.ts', 'process.env.X\n'],
    ['tools/src/a.ts', `${from('fast-check')}process.env.X\n`],
  ]
  assert.deepEqual(
    violations(
      fine.map(([path, text]) => ({ path, text })),
      small,
    ),
    [],
  )
})
