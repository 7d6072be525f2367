import { json, object } from './json-fields.ts'
import { list } from './list.ts'
import { bool, decimal, float, integer, oneOf, text, timestamp, uuid } from './scalars.ts'

/** The words of a source table's definition. */
export const field = { text, oneOf, uuid, bool, integer, decimal, float, timestamp, json, object, list }
