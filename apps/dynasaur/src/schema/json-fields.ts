import { type Attribute, attributeJson, attributeOf, attributeText } from './attribute.ts'
import { Field, type Place, type Read, refuse } from './field.ts'
import { type JsonText, readJson } from './json-text.ts'

/** JSON that only passes through, as its text: numbers keep every digit, keys their order. */
export function json(): Field<string> {
  return new Field(
    () => (value, place) => (isDocument(value) ? attributeJson(value) : documentOf(value, place).text),
  )
}

/** JSON object in a string (or a native map) whose members are fields themselves; other members are not read. */
export function object<M extends Record<string, Field<unknown>>>(
  members: M,
): Field<{ [K in keyof M]: Read<M[K]> }> {
  return new Field((nulls) => {
    const decoders = Object.entries(members).map(([name, field]) => ({ name, decode: field.compile(nulls) }))
    return (value, place) => {
      const source =
        value.M ?? attributeOf(documentOf(value, place).value)?.M ?? refuse('json.shape', place, value)
      const read = decoders.map(({ name, decode }) => {
        const member = Object.hasOwn(source, name) ? source[name] : undefined
        return [name, decode(member, { path: `${place.path}.${name}`, note: place.note })]
      })
      return Object.fromEntries(read) as { [K in keyof M]: Read<M[K]> }
    }
  })
}

function isDocument(value: Attribute): boolean {
  return value.M !== undefined || value.L !== undefined || value.SS !== undefined || value.NS !== undefined
}

function documentOf(value: Attribute, place: Place): JsonText {
  const text = attributeText(value) ?? refuse('json.type', place, value)
  const document = readJson(text) ?? refuse('json.syntax', place, value)
  if (document.salvaged) place.note({ code: 'json.salvaged', path: place.path, detail: text.slice(0, 200) })
  return document
}
