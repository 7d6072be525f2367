import { z } from 'zod'

const NUL = '\u0000'

/** Text a person typed: well-formed UTF-16 without NUL, which Postgres can't keep and which would come back as U+FFFD. */
export function text(most: number, least = 0) {
  return z
    .string()
    .min(least)
    .max(most)
    .refine((value) => value.isWellFormed() && !value.includes(NUL), 'has characters that can not be stored')
}

/** A name: text that isn't blank. */
export function name(most = 255) {
  return text(most, 1).refine((value) => value.trim() !== '', 'must not be blank')
}

// Form-encoded clients send every value as text (H5).
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i
const fromText = (value: unknown) => (typeof value === 'string' && NUMBER.test(value) ? Number(value) : value)
const booleans = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  [1, true],
  [0, false],
])

export const number = () => z.preprocess(fromText, z.number())
export const integer = (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER) =>
  z.preprocess(fromText, z.number().int().min(least).max(most))
export const boolean = () => z.preprocess((value) => booleans.get(value) ?? value, z.boolean())
export const id = () => z.uuid().transform((value) => value.toLowerCase())
export const email = () =>
  z
    .email()
    .max(254)
    .transform((value) => value.trim())
export const datetime = () => z.iso.datetime({ offset: true })

/** `include=a,b` or a list of them. */
export const list = () =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
    z.array(z.string().max(100)).max(50),
  )

/** Page and page size of every list: 1-based; sizes out of range are clamped, never refused (H6). */
export const pageInput = {
  page: z.preprocess(fromText, z.number().int().min(1).max(1_000_000).catch(1)).default(1),
  page_size: z
    .preprocess(
      fromText,
      z
        .number()
        .catch(50)
        .transform((size) => Math.max(1, Math.min(500, Math.trunc(size)))),
    )
    .default(50),
}

export interface PageInput {
  page: number
  page_size: number
}

/** One page of rows and how many there are in all. */
export interface Page<Row> {
  rows: Row[]
  total: number
  page: number
  page_size: number
}
