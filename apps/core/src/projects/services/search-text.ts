import { type RawBuilder, sql } from 'kysely'

/** SQL for what was typed into a search box: which assets `a` it finds, and how well. */
export interface TextSearch {
  condition: RawBuilder<boolean>
  relevance: RawBuilder<number>
}

// Three letters make a trigram; anything shorter would read every name.
const SHORTEST_PART = 3
const words = sql`asset_words(a.name, a.description)`

/**
 * Finds words of name and description as a web search does ("a phrase", -without, or), and parts of names and near misses
 * where the text has none of those signs.
 */
export function searchText(typed: string): TextSearch {
  const text = typed.trim()
  if (text === '') return { condition: sql`true`, relevance: sql`0::real` }
  const plain = takeApart(text)
  const letters = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (letters.length < SHORTEST_PART) return startsWith(letters)
  const query = sql`websearch_to_tsquery('simple', ${plain})`
  const found = sql<boolean>`${words} @@ ${query}`
  const rank = sql<number>`ts_rank(${words}, ${query})`
  if (hasOperators(text)) return { condition: found, relevance: rank }
  const part = sql`a.name ilike ${`%${escapeLike(text)}%`}`
  return {
    condition: sql`(${found} or ${part} or ${text} <% a.name)`,
    relevance: sql`${rank} + word_similarity(${text}, a.name) + case when ${part} then 1 else 0 end`,
  }
}

/** As names are taken apart: at every sign inside a word. */
function takeApart(text: string): string {
  return text.replaceAll(/(?<=[\p{L}\p{N}])[^\p{L}\p{N}\s"]+(?=[\p{L}\p{N}])/gu, ' ')
}

function hasOperators(text: string): boolean {
  return /"|(^|\s)-\S|\sor\s/i.test(text)
}

function startsWith(letters: string): TextSearch {
  if (letters === '') return { condition: sql`false`, relevance: sql`0::real` }
  const query = sql`to_tsquery('simple', ${`${letters}:*`})`
  return { condition: sql`${words} @@ ${query}`, relevance: sql`ts_rank(${words}, ${query})` }
}

/** `text` as it stands, inside a LIKE pattern. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
