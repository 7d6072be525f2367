/** An exact fraction, kept in lowest terms with a positive denominator. */
export type Rational = { readonly num: number; readonly den: number }

/** Builds a fraction in lowest terms. Throws RangeError unless both are safe integers and `den` isn't 0. */
export function rational(num: number, den: number): Rational {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || den === 0) {
    throw new RangeError(`not a fraction: ${num}/${den}`)
  }
  const divisor = greatestCommonDivisor(Math.abs(num), Math.abs(den)) * Math.sign(den)
  return { num: num / divisor || 0, den: den / divisor }
}

/** Reads ffprobe's `30000/1001` or `25/1`; null for `0/0`, `N/A` and anything else without a value. */
export function parseRational(text: string | undefined): Rational | null {
  const match = /^(-?\d+)[/:](\d+)$/.exec(text ?? '')
  if (!match || Number(match[2]) === 0) return null
  return rational(Number(match[1]), Number(match[2]))
}

/** The fraction as a floating-point number, for display and rough arithmetic only. */
export function toNumber(value: Rational): number {
  return value.num / value.den
}

/** The fraction as ffmpeg reads it: `30000/1001`. */
export function formatRational(value: Rational): string {
  return `${value.num}/${value.den}`
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a || 1 : greatestCommonDivisor(b, a % b)
}
