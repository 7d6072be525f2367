import type { AttributeValue } from '@aws-sdk/client-dynamodb'

export type Attribute = AttributeValue
export type Item = Record<string, Attribute>

/** The one text an attribute stands for (`S`, `N` digits as sent, `BOOL`), or undefined for sets, lists, maps, binary. */
export function attributeText(value: Attribute): string | undefined {
  if (value.S !== undefined) return value.S
  if (value.N !== undefined) return value.N
  if (value.BOOL !== undefined) return String(value.BOOL)
  return undefined
}

/** JSON text of any attribute. Numbers keep every digit, because `N` is written as the literal DynamoDB sent. */
export function attributeJson(value: Attribute): string {
  if (value.S !== undefined) return JSON.stringify(value.S)
  if (value.N !== undefined) return value.N
  if (value.BOOL !== undefined) return String(value.BOOL)
  if (value.L !== undefined) return `[${value.L.map(attributeJson).join(',')}]`
  if (value.M !== undefined) return itemJson(value.M)
  if (value.SS !== undefined) return JSON.stringify(value.SS)
  if (value.NS !== undefined) return `[${value.NS.join(',')}]`
  if (value.B !== undefined) return JSON.stringify(Buffer.from(value.B).toString('base64'))
  if (value.BS !== undefined)
    return JSON.stringify(value.BS.map((bytes) => Buffer.from(bytes).toString('base64')))
  return 'null'
}

/** An item (or map) as one JSON object, keys in the order they came. */
export function itemJson(item: Item): string {
  return `{${Object.entries(item)
    .map(([name, value]) => `${JSON.stringify(name)}:${attributeJson(value)}`)
    .join(',')}}`
}

/** A parsed JSON value as the attribute it would have been, so that one set of fields reads both. */
export function attributeOf(value: unknown): Attribute | undefined {
  if (value === undefined) return undefined
  if (value === null) return { NULL: true }
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (Array.isArray(value)) return { L: value.map((element) => attributeOf(element) ?? { NULL: true }) }
  const members = Object.entries(value as object).map(([name, member]) => [name, attributeOf(member)])
  return { M: Object.fromEntries(members) }
}
