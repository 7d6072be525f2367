import { Rejection } from '../errors.ts'
import { type Attribute, attributeJson } from './attribute.ts'

/** Something worth telling a person about a record that was loaded all the same. */
export interface Finding {
  /** Stable, such as `json.salvaged`. */
  code: string
  /** Attribute, with members and elements after it: `prefs.private`, `team_keys[2]`. */
  path: string
  detail: string
}

/** Where a value stands, and where to say what was odd about it. */
export interface Place {
  path: string
  note: (finding: Finding) => void
}

/** Reads one attribute that is present and not null; throws Rejection. */
export type Parse<T> = (value: Attribute, place: Place) => T

/** Reads one attribute, absent and null included; throws Rejection. */
export type Decode<T> = (value: Attribute | undefined, place: Place) => T

/** How null is spelled: as a matter of course, and by mistake, which is reported. */
export interface NullSpellings {
  usual: readonly string[]
  odd: readonly string[]
}

interface Settings<T> {
  /** Spellings for this field alone; the table's unless given. */
  nulls?: NullSpellings
  aliases: readonly string[]
  /** What absent or null becomes; without it such a value is refused. */
  absent?: { value: T }
  /** What an unreadable value becomes, with a finding; without it the record is a dead letter. */
  failed?: { value: T }
}

/** A typed attribute. Immutable: each method gives a new field. */
export class Field<T> {
  readonly #build: (nulls: NullSpellings) => Parse<T>
  readonly #settings: Settings<T>

  constructor(build: (nulls: NullSpellings) => Parse<T>, settings: Settings<T> = { aliases: [] }) {
    this.#build = build
    this.#settings = settings
  }

  #with<U>(change: Partial<Settings<T | U>>): Field<T | U> {
    return new Field<T | U>(this.#build, { ...this.#settings, ...change })
  }

  /** Absent or null reads as null. */
  optional(): Field<T | null> {
    return this.#with<null>({ absent: { value: null } })
  }

  /** Absent or null reads as `value`. */
  default(value: T): Field<T> {
    return this.#with<never>({ absent: { value } })
  }

  /** Failure policy: an unreadable value reads as null and is reported, and the record goes on. */
  orNull(): Field<T | null> {
    return this.#with<null>({ absent: this.#settings.absent ?? { value: null }, failed: { value: null } })
  }

  /** Failure policy: an unreadable value reads as `value` and is reported, and the record goes on. */
  orDefault(value: T): Field<T> {
    return this.#with<never>({ absent: { value }, failed: { value } })
  }

  /** The only spellings of null here; `[]` says that none is (a person may be called "null"). */
  nulls(usual: readonly string[]): Field<T> {
    return this.#with<never>({ nulls: { usual, odd: [] } })
  }

  /** Other names the attribute went by; the first that is present counts. */
  alias(...names: string[]): Field<T> {
    return this.#with<never>({ aliases: names })
  }

  get aliases(): readonly string[] {
    return this.#settings.aliases
  }

  /** The field as one function, made once a table; `tableNulls` are the spellings unless the field has its own. */
  compile(tableNulls: NullSpellings): Decode<T> {
    const { absent, failed, nulls = tableNulls } = this.#settings
    const parse = this.#build(tableNulls)
    const isNull = nullTest(nulls)
    return (value, place) => {
      if (value === undefined || isNull(value, place)) {
        if (absent) return absent.value
        throw new Rejection('value.missing', place.path, value === undefined ? 'absent' : 'null')
      }
      if (!failed) return parse(value, place)
      try {
        return parse(value, place)
      } catch (error) {
        if (!(error instanceof Rejection)) throw error
        place.note({ code: error.code, path: error.path, detail: error.detail })
        return failed.value
      }
    }
  }
}

/** What a field reads as. */
export type Read<F> = F extends Field<infer T> ? T : never

function nullTest({ usual, odd }: NullSpellings): (value: Attribute, place: Place) => boolean {
  const known = new Set([...usual, ...odd])
  const reported = new Set(odd)
  return ({ NULL, S }, { path, note }) => {
    if (NULL === true) return true
    if (S === undefined || !known.has(S)) return false
    if (reported.has(S)) note({ code: 'null.spelling', path, detail: S })
    return true
  }
}

/** Refuses the value at `place`. */
export function refuse(code: string, place: Place, value: Attribute): never {
  throw new Rejection(code, place.path, attributeJson(value))
}
