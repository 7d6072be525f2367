interface Reference {
  id: string
}

/** What a webhook or a custom action tells: ids only, the receiver reads the rest through the API. */
export interface WebhookFields {
  type: string
  resource: Reference & { type: string }
  team: Reference
  user: Reference
  /** Absent for what happens to a team. */
  project?: Reference
  action_id?: string
  interaction_id?: string
  /** What a person entered into a custom action's form; absent in the first call. */
  data?: Record<string, unknown>
}

/** The exact bytes of the body: compact JSON with keys in alphabetical order at every level, as V2 sends it. */
export function webhookBody(fields: WebhookFields): string {
  return JSON.stringify(fields, (_key, value) => (isObject(value) ? sorted(value) : value))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(object: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}
