import { CircleAlert, CircleCheck } from 'lucide-react'
import { useSyncExternalStore } from 'react'

interface Toast {
  id: number
  text: string
  tone: 'good' | 'bad'
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

/** Says something in passing at the foot of the page. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = nextId++
  set([...toasts.slice(-2), { id, text, tone }])
  setTimeout(() => set(toasts.filter((other) => other.id !== id)), tone === 'bad' ? 7000 : 3500)
}

/** Says why something failed; for `.catch(toastError)`. */
export function toastError(error: unknown): void {
  toast(error instanceof Error ? error.message : 'Something went wrong.', 'bad')
}

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const list = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="toasts" role="status">
      {list.map(({ id, text, tone }) => (
        <div key={id} className={`toast ${tone}`}>
          {tone === 'bad' ? <CircleAlert size={17} /> : <CircleCheck size={17} />}
          {text}
        </div>
      ))}
    </div>
  )
}
