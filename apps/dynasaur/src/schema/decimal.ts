const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/
const MOST_DIGITS = 1000

/** A decimal as digits with a count of places after the point; no double in between, so no digit is lost. */
export interface Decimal {
  negative: boolean
  digits: string
  scale: number
}

/** Reads `-12`, `12.50`, `1.2e+07`, with spaces around; undefined for anything else (`0x10`, `1,024`, `NaN`, empty). */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const scale = fraction.length - Number(exponent)
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  if (digits.length + Math.abs(scale) > MOST_DIGITS) return undefined
  return { negative: sign === '-', digits, scale }
}

/** The decimal in plain notation, `-0.5`; trailing zeros after the point stay as they were written. */
export function plainDecimal({ negative, digits, scale }: Decimal): string {
  const sign = negative && /[1-9]/.test(digits) ? '-' : ''
  if (scale <= 0) return sign + (digits + '0'.repeat(-scale)).replace(/^0+(?=\d)/, '')
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/** The decimal as an integer, or undefined when it has a fraction other than zero. */
export function wholeDecimal({ negative, digits, scale }: Decimal): bigint | undefined {
  const cut = Math.max(scale, 0)
  const padded = digits.padStart(cut + 1, '0')
  const [whole, fraction] = [padded.slice(0, padded.length - cut), padded.slice(padded.length - cut)]
  if (/[1-9]/.test(fraction)) return undefined
  const value = BigInt(whole + '0'.repeat(Math.max(-scale, 0)))
  return negative ? -value : value
}
