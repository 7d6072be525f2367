/** A cache that is never needed for correctness: keys carry the version of what they hold. */
export interface Cache {
  /** The value under `key`, loaded at most once at a time in this process when absent. */
  through<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T>
  drop(keys: string[]): void
}
