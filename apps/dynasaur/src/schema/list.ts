import { Rejection } from '../errors.ts'
import { type Attribute, attributeJson, attributeOf, attributeText } from './attribute.ts'
import { Field, type Place, refuse } from './field.ts'
import { readJson } from './json-text.ts'

const WHOLE_ELEMENT = /"(?:[^"\\]|\\.)*"/g

/**
 * A list kept in one attribute, each element read by `element`: a JSON list in a string (wrapped again, Ruby's `inspect`), a
 * native list or set, an index map `{"0":…,"1":…}`, one bare element, or elements with commas between. A truncated JSON list
 * gives its whole elements. What is dropped (null placeholders, unreadable elements, repeats) is reported.
 */
export function list<T>(element: Field<T>): Field<T[]> {
  return new Field((nulls) => {
    const decode = element.optional().compile(nulls)
    return (value, place) => {
      const kept = new Map<T, T>()
      elementsOf(value, place).forEach((attribute, index) => {
        const at: Place = { path: `${place.path}[${index}]`, note: place.note }
        const read = readElement(() => decode(attribute, at), at)
        if (read === null)
          at.note({ code: 'list.placeholder', path: place.path, detail: attributeJson(attribute) })
        else if (read !== undefined && kept.has(read))
          at.note({ code: 'list.repeat', path: place.path, detail: String(read) })
        else if (read !== undefined) kept.set(read, read)
      })
      return [...kept.values()]
    }
  })
}

function readElement<T>(read: () => T | null, at: Place): T | null | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    at.note({ code: 'list.element', path: at.path, detail: error.detail })
    return undefined
  }
}

function elementsOf(value: Attribute, place: Place): Attribute[] {
  if (value.L) return value.L
  if (value.SS) return value.SS.map((S) => ({ S }))
  if (value.NS) return value.NS.map((N) => ({ N }))
  if (value.M) return indexMap(Object.entries(value.M), place, value)
  const text = attributeText(value) ?? refuse('list.type', place, value)
  return /^\s*["[{]/.test(text) ? jsonElements(text, place, value) : bareElements(text)
}

function jsonElements(text: string, place: Place, value: Attribute): Attribute[] {
  const json = readJson(text)
  if (!json)
    return text.trimStart().startsWith('[') ? truncated(text, place) : refuse('list.syntax', place, value)
  if (json.salvaged) place.note({ code: 'json.salvaged', path: place.path, detail: text.slice(0, 200) })
  const attribute = attributeOf(json.value) ?? refuse('list.syntax', place, value)
  if (attribute.L) return attribute.L
  if (attribute.M) return indexMap(Object.entries(attribute.M), place, value)
  return [attribute]
}

function bareElements(text: string): Attribute[] {
  return text.split(',').map((part) => ({ S: part.trim() }))
}

function truncated(text: string, place: Place): Attribute[] {
  place.note({ code: 'list.truncated', path: place.path, detail: text.slice(-200) })
  return (text.match(WHOLE_ELEMENT) ?? []).map((element) => ({ S: String(JSON.parse(element)) }))
}

function indexMap(entries: [string, Attribute][], place: Place, value: Attribute): Attribute[] {
  if (!entries.every(([key]) => /^\d{1,9}$/.test(key))) return refuse('list.shape', place, value)
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, element]) => element)
}
