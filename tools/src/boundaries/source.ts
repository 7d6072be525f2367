import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A source file by its path from the root of the checkout, with forward slashes. */
export interface Source {
  path: string
  text: string
}

/** What a package.json says that concerns imports. */
export interface Package {
  name: string
  folder: string
  dependencies: Set<string>
  devDependencies: Set<string>
  exports: Set<string>
}

/** Every TypeScript file of the apps, releases and tools under `root`. */
export function readSources(root: string): Source[] {
  const paths = globSync('{apps,releases,tools}/**/*.{ts,tsx,mts}', {
    cwd: root,
    exclude: ['**/node_modules', '**/dist'],
  })
  return paths.map((path) => ({
    path: path.replaceAll('\\', '/'),
    text: readFileSync(join(root, path), 'utf8'),
  }))
}

/** Every workspace package under `root`. */
export function readPackages(root: string): Package[] {
  return globSync('{apps/*,releases,tools}/package.json', { cwd: root }).map((path) => {
    const json = JSON.parse(readFileSync(join(root, path), 'utf8'))
    return {
      name: json.name,
      folder: path.replaceAll('\\', '/').replace('/package.json', ''),
      dependencies: new Set(Object.keys({ ...json.dependencies, ...json.optionalDependencies })),
      devDependencies: new Set(Object.keys(json.devDependencies ?? {})),
      exports: new Set(Object.keys(json.exports ?? {})),
    }
  })
}

// Biome's format puts a static import or re-export at the start of a line; the other forms stand anywhere.
const statics = /^(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?\s*['"]([^'"\n]+)['"]/gm
const calls = /(?<![.\w])(?:import|require|import\.meta\.resolve|require\.resolve)\s*\(\s*['"]([^'"\n]+)['"]/g
const comments = /(?:^|\s)\/\/.*$|^\s*\/?\*.*$/gm

/** The specifiers that a file imports in any form, types included. Comments are not read. */
export function importsOf(text: string): string[] {
  const code = text.replace(comments, '')
  return [...text.matchAll(statics), ...code.matchAll(calls)].map((match) => match[1]!)
}
