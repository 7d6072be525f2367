import { posix } from 'node:path'
import { directions, environmentReaders, isTest, writers } from './rules.ts'
import { importsOf, type Package, type Source } from './source.ts'

/** Everything in `sources` that the layout forbids, one line each: `path: what`. */
export function violations(sources: Source[], packages: Package[]): string[] {
  return sources.flatMap((source) => {
    const home = packages.find(({ folder }) => source.path.startsWith(`${folder}/`))
    if (home === undefined) return [`${source.path}: belongs to no package`]
    const found = importsOf(source.text).map((specifier) =>
      importViolation(source.path, specifier, home, packages),
    )
    return [...found, environmentViolation(source), writerViolation(source)]
      .filter((what) => what !== undefined)
      .map((what) => `${source.path}: ${what}`)
  })
}

function importViolation(path: string, specifier: string, home: Package, packages: Package[]) {
  if (specifier.startsWith('.')) return relativeViolation(path, specifier, home)
  if (specifier.startsWith('node:')) return undefined
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const ours = packages.find((candidate) => candidate.name === name)
  return (
    (name === home.name ? undefined : declarationViolation(path, name, home)) ??
    (ours && ours !== home ? directionViolation(path, name, home) : undefined) ??
    (ours ? doorViolation(specifier, ours) : undefined)
  )
}

function declarationViolation(path: string, name: string, home: Package) {
  if (home.dependencies.has(name)) return undefined
  if (!home.devDependencies.has(name))
    return `imports ${name}, which ${home.folder}/package.json does not declare`
  return isTest(path) || home.folder === 'tools'
    ? undefined
    : `imports ${name}, which is there for tests only`
}

function directionViolation(path: string, name: string, home: Package) {
  if (home.folder === 'releases' || home.folder === 'tools') return undefined
  // A browser test boots the whole umbrella.
  if (isTest(path) && name === '@rushes/releases') return undefined
  const allowed = directions[home.folder.replace('apps/', '')] ?? []
  return allowed.includes(name.replace('@rushes/', '')) ? undefined : `may not know ${name}`
}

function doorViolation(specifier: string, target: Package) {
  const door = `.${specifier.slice(target.name.length)}`
  return target.exports.has(door) ? undefined : `reaches past the door of ${target.name}: ${specifier}`
}

function relativeViolation(path: string, specifier: string, home: Package) {
  const target = posix.join(posix.dirname(path), specifier)
  if (!target.startsWith(`${home.folder}/`)) return `leaves its package: ${specifier}`
  const from = contextOf(path)
  const to = contextOf(target)
  const crosses = from !== undefined && to !== undefined && from !== to && !isTest(path)
  if (!crosses || target.endsWith(`src/${to}/index.ts`)) return undefined
  return `reaches into ${to} past its index: ${specifier}`
}

/** The context of Core that a file belongs to, if any. */
function contextOf(path: string) {
  return /^apps\/core\/src\/(accounts|projects)\//.exec(path)?.[1]
}

const environment =
  /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\s*(?:\?\.)?\[['"`]env|\benv\b[^=;{}]*\}\s*(?:=\s*process\b|from 'node:process')/

function environmentViolation({ path, text }: Source) {
  const allowed = environmentReaders.includes(path) || path.startsWith('tools/') || isTest(path)
  return !allowed && environment.test(text) ? 'reads the environment' : undefined
}

function writerViolation({ path, text }: Source) {
  const concerned = path.startsWith('apps/core/') && !isTest(path)
  if (!concerned || writers.some((writer) => path.startsWith(writer))) return undefined
  return /\btransact\b/.test(text)
    ? 'names the opener of writable transactions instead of `change`'
    : undefined
}
