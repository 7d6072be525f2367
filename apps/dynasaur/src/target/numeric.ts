import { parseDecimal } from '../schema/decimal.ts'
import type { ByteWriter } from './byte-writer.ts'

const POSITIVE = 0x0000
const NEGATIVE = 0x4000
const GROUP = 4

/** A decimal in Postgres' binary `numeric`: groups of four digits, aligned at the point. Throws RangeError when not one. */
export function writeNumeric(text: string, out: ByteWriter): void {
  const decimal = parseDecimal(text)
  if (!decimal) throw new RangeError(`not a decimal: ${text}`)
  const scale = Math.max(decimal.scale, 0)
  const digits = decimal.digits + '0'.repeat(Math.max(-decimal.scale, 0))
  const whole = digits.slice(0, Math.max(digits.length - scale, 0))
  const fraction = digits.slice(whole.length).padStart(scale, '0')
  const aligned = padStart(whole) + padEnd(fraction)
  const groups = aligned.match(/\d{4}/g)?.map(Number) ?? []
  const first = groups.findIndex((group) => group !== 0)
  const last = groups.findLastIndex((group) => group !== 0)
  const kept = first < 0 ? [] : groups.slice(first, last + 1)
  out.int16(kept.length)
  out.int16(first < 0 ? 0 : padStart(whole).length / GROUP - 1 - first)
  out.int16(decimal.negative && kept.length > 0 ? NEGATIVE : POSITIVE)
  out.int16(scale)
  for (const group of kept) out.int16(group)
}

function padStart(digits: string): string {
  return digits.padStart(Math.ceil(digits.length / GROUP) * GROUP, '0')
}

function padEnd(digits: string): string {
  return digits.padEnd(Math.ceil(digits.length / GROUP) * GROUP, '0')
}
