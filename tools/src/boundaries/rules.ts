/**
 * Which of our packages an app may import; releases and tools start and test everything and may import all. Wrappers know
 * Core and never its database; munger is a client of the API over HTTP and web one in the browser.
 */
export const directions: Record<string, string[]> = {
  monitoring: [],
  auth: [],
  dynasaur: [],
  db: ['monitoring'],
  storage: ['monitoring'],
  media: ['monitoring'],
  email: ['monitoring'],
  push: ['monitoring'],
  core: ['db', 'auth', 'storage', 'media'],
  middleware: ['core', 'monitoring'],
  api: ['core', 'middleware', 'monitoring'],
  'support-tool': ['core', 'middleware', 'monitoring'],
  realtime: ['core', 'middleware', 'monitoring'],
  events: ['core', 'monitoring'],
  cron: ['core', 'monitoring'],
  munger: ['monitoring'],
  web: ['media', 'api'],
  migrator: ['db', 'dynasaur', 'monitoring'],
}

/** Who may name the opener of a writable transaction: `change`, and what keeps books about the log and is not news. */
export const writers = ['apps/core/src/context.ts', 'apps/core/src/log/', 'apps/core/src/consumers/']

/** Who may read the environment, besides tools and tests: everyone else is handed a typed configuration. */
export const environmentReaders = ['releases/src/config/config.ts', 'releases/src/config/thread-pool.ts']

/** Files that only tests run, which may use devDependencies and read the environment. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(?:^|\/)testing(?:[./-]|$)/.test(path)
}
