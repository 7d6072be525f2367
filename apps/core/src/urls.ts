/** Where this installation answers; bases without a trailing slash. */
export interface Urls {
  web: string
  api: string
}
