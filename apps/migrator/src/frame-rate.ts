const NTSC = new Map([
  ['23.976', 24n],
  ['23.98', 24n],
  ['29.97', 30n],
  ['47.952', 48n],
  ['59.94', 60n],
])

/** The exact rate that a rounded one stood for: `23.976` was 24000/1001. Another decimal is taken as it is; 0 or less is none. */
export function frameRate(text: string): { num: bigint; den: bigint } | null {
  const [whole = '0', fraction = ''] = text.split('.')
  const trimmed = fraction.replace(/0+$/, '')
  const base = NTSC.get(trimmed ? `${whole}.${trimmed}` : whole)
  if (base) return { num: base * 1000n, den: 1001n }
  if (text.startsWith('-') || trimmed.length > 6 || whole.length > 6) return null
  const num = BigInt(whole + trimmed)
  return num === 0n ? null : { num, den: 10n ** BigInt(trimmed.length) }
}
