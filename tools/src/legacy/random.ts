/** Numbers that a seed decides, the same on every machine: two estates of one seed are equal byte for byte. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(rate: number): boolean {
    return this.next() < rate
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.between(0, choices.length - 1)]
    if (choice === undefined) throw new RangeError('nothing to pick from')
    return choice
  }

  /** `count` different ones, in the order of `choices`. */
  some<T>(choices: readonly T[], count: number): T[] {
    const shuffled = choices
      .map((choice, order) => ({ choice, order, at: this.next() }))
      .sort((a, b) => a.at - b.at)
    return shuffled
      .slice(0, count)
      .sort((a, b) => a.order - b.order)
      .map(({ choice }) => choice)
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.between(0, 15).toString(16))
    hex[12] = '4'
    hex[16] = this.pick(['8', '9', 'a', 'b'])
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }

  /** The eight mixed-case letters that projects, folders and files go by. */
  shortId(): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    return Array.from({ length: 8 }, () => letters[this.between(0, letters.length - 1)]).join('')
  }
}
