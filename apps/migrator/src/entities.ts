const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}
const ESCAPED: Record<string, string> = Object.fromEntries(
  Object.entries(ENTITIES).map(([entity, text]) => [text, entity]),
)

/** Text that a legacy writer HTML-escaped, as it was typed; text that escaping can't have made (it has a bare `&`) stays. */
export function decodeEntities(text: string): string {
  const decoded = text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
  if (decoded === text) return text
  const variants = [/[&<>"']/g, /[&<>"]/g, /[&<>]/g].map((set) =>
    decoded.replace(set, (character) => ESCAPED[character] ?? character),
  )
  return variants.includes(text) ? decoded : text
}
