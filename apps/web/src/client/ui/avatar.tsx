import type { CSSProperties } from 'react'

/** The colour that stands for a person everywhere on screen: a hue of their own at one lightness for all. */
export function colorOf(person: { id: string }): string {
  const sum = [...person.id].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) >>> 0, 7)
  return `oklch(0.82 0.12 ${sum % 360})`
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}

interface AvatarProps {
  person: { id: string; name: string }
  size?: number
}

export function Avatar({ person, size = 26 }: AvatarProps) {
  const style = { '--size': `${size}px`, '--color': colorOf(person) } as CSSProperties
  return (
    <span className="avatar" style={style} title={person.name} aria-hidden="true">
      {initials(person.name)}
    </span>
  )
}

/** Up to three faces, then how many more. */
export function Avatars({ people }: { people: AvatarProps['person'][] }) {
  if (people.length === 0) return null
  return (
    <span
      className="avatars"
      role="img"
      aria-label={`Here now: ${people.map(({ name }) => name).join(', ')}`}
    >
      {people.slice(0, 3).map((person) => (
        <Avatar key={person.id} person={person} />
      ))}
      {people.length > 3 && <span className="more">+{people.length - 3}</span>}
    </span>
  )
}
