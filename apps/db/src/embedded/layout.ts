import { join } from 'node:path'

/** Where the embedded server keeps what: all in one folder, which belongs to the account it runs as. */
export interface Layout {
  readonly folder: string
  readonly cluster: string
  /** The cluster while initdb still writes it. */
  readonly draft: string
  readonly password: string
  readonly log: string
}

export function layoutOf(folder: string): Layout {
  return {
    folder,
    cluster: join(folder, 'cluster'),
    draft: join(folder, 'cluster.draft'),
    password: join(folder, 'password'),
    log: join(folder, 'postgres.log'),
  }
}
