import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)
// OWASP's first choice for argon2id; about 25 ms a hash.
const MEMORY_KIB = 19_456
const PASSES = 2
const TAG_LENGTH = 32
const AT_ONCE = 2
const QUEUE = 20

/** Thrown when more sign-ins wait than can be served soon; a wrapper answers 503 with Retry-After. */
export class TooBusyError extends Error {}

/** argon2id in PHC text form, with few hashes at once: a flood of sign-ins must not take the whole machine. */
export class PasswordHasher {
  #running = 0
  readonly #waiting: (() => void)[] = []
  readonly #dummy: Promise<string>

  constructor() {
    this.#dummy = this.hash(randomBytes(16).toString('hex'))
  }

  /** Hashes a password of up to 1 kB. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16)
    const tag = await this.#derive(password, salt, MEMORY_KIB, PASSES)
    return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${base64(salt)}$${base64(tag)}`
  }

  /** Whether `password` made `stored`. For an unknown person pass null: it takes as long and is false. */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const parsed = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/]+)\$([\w+/]+)$/.exec(
      stored ?? (await this.#dummy),
    )
    if (!parsed) return false
    const [, memory, passes, salt, tag] = parsed
    const expected = Buffer.from(tag ?? '', 'base64')
    const actual = await this.#derive(
      password,
      Buffer.from(salt ?? '', 'base64'),
      Number(memory),
      Number(passes),
    )
    return timingSafeEqual(actual, expected) && stored !== null
  }

  async #derive(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
    await this.#enter()
    try {
      return await derive('argon2id', {
        message: password,
        nonce,
        memory,
        passes,
        parallelism: 1,
        tagLength: TAG_LENGTH,
      })
    } finally {
      this.#leave()
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < AT_ONCE) {
      this.#running++
      return
    }
    if (this.#waiting.length >= QUEUE) throw new TooBusyError()
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running--
  }
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
