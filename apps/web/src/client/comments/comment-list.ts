import type { Comment } from '../wire/types.ts'

/** `list` with `comment` in it; a copy that is newer than it stays. Keeps the order of writing. */
export function upsertComment(list: readonly Comment[], comment: Comment): Comment[] {
  const known = list.find((other) => other.id === comment.id)
  if (known && known.updated_at > comment.updated_at) return [...list]
  if (known) return list.map((other) => (other === known ? comment : other))
  return [...list, comment].sort((a, b) => a.inserted_at.localeCompare(b.inserted_at))
}

/** `list` without the comment and its replies. */
export function removeComment(list: readonly Comment[], id: string): Comment[] {
  return list.filter((comment) => comment.id !== id && comment.parent_id !== id)
}

export interface Thread {
  comment: Comment
  replies: Comment[]
  /** Its place in the order of writing, from 1; stays when the list is sorted or filtered otherwise. */
  number: number
}

/** Comments with their replies. A reply whose comment isn't in the list (not visible to us) is left out. */
export function threadsOf(list: readonly Comment[]): Thread[] {
  const replies = Map.groupBy(list, (comment) => comment.parent_id)
  return (replies.get(null) ?? []).map((comment, index) => ({
    comment,
    replies: replies.get(comment.id) ?? [],
    number: index + 1,
  }))
}

export type ThreadFilter = 'all' | 'open' | 'completed' | 'drawings' | 'private'
export type ThreadOrder = 'time' | 'newest' | 'author'

const keeps: Record<ThreadFilter, (thread: Thread) => boolean> = {
  all: () => true,
  open: ({ comment }) => !comment.completed,
  completed: ({ comment }) => comment.completed,
  drawings: ({ comment }) => comment.annotation !== null,
  private: ({ comment }) => comment.private,
}

const orders: Record<ThreadOrder, (a: Thread, b: Thread) => number> = {
  time: (a, b) => (a.comment.timestamp ?? -1) - (b.comment.timestamp ?? -1) || a.number - b.number,
  newest: (a, b) => b.number - a.number,
  author: (a, b) => authorOf(a.comment).name.localeCompare(authorOf(b.comment).name) || orders.time(a, b),
}

/** The threads that pass the filter (and contain `words`, any case), in the order asked for. */
export function arrange(
  threads: readonly Thread[],
  filter: ThreadFilter,
  order: ThreadOrder,
  words = '',
): Thread[] {
  const needle = words.trim().toLowerCase()
  return threads.filter((thread) => keeps[filter](thread) && contains(thread, needle)).sort(orders[order])
}

function contains(thread: Thread, needle: string): boolean {
  return [thread.comment, ...thread.replies].some(
    (comment) =>
      comment.text.toLowerCase().includes(needle) || authorOf(comment).name.toLowerCase().includes(needle),
  )
}

/** Who wrote a comment: a person with an account, a guest of a review link, or somebody since removed. */
export function authorOf(comment: Comment): { id: string; name: string; guest: boolean } {
  const person = comment.owner ?? comment.anonymous_user
  if (!person) return { id: comment.owner_id ?? 'nobody', name: 'Former member', guest: false }
  return { id: person.id, name: person.name, guest: comment.owner === null }
}
