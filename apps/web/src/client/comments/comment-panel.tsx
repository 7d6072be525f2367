import './comments.css'
import { ListFilter, MessageSquare } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useReview } from '../player/review-context.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Empty } from '../ui/states.tsx'
import { arrange, type ThreadFilter, type ThreadOrder, threadsOf } from './comment-list.ts'
import { Composer } from './composer.tsx'
import { ThreadCard } from './thread-card.tsx'

const FILTERS: Record<ThreadFilter, string> = {
  all: 'All comments',
  open: 'Open',
  completed: 'Completed',
  drawings: 'With a drawing',
  private: 'Internal',
}
const ORDERS: Record<ThreadOrder, string> = {
  time: 'By timecode',
  newest: 'Newest first',
  author: 'By person',
}

export function CommentPanel() {
  const { comments, rights } = useReview()
  const [filter, setFilter] = useState<ThreadFilter>('all')
  const [order, setOrder] = useState<ThreadOrder>('time')
  const [words, setWords] = useState('')
  const threads = useMemo(() => threadsOf(comments), [comments])
  const shown = arrange(threads, filter, order, words)
  return (
    <aside className="panel" aria-label="Comments">
      <div className="panel-head">
        <h2>
          {FILTERS[filter]} <span>{shown.length}</span>
        </h2>
        <input
          className="panel-search"
          type="search"
          placeholder="Search"
          aria-label="Search comments"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Menu label="Filter and order" face={<ListFilter size={17} />} align="right">
          {(Object.keys(FILTERS) as ThreadFilter[])
            .filter((choice) => choice !== 'private' || rights.keepPrivate)
            .map((choice) => (
              <MenuItem key={choice} checked={choice === filter} onSelect={() => setFilter(choice)}>
                {FILTERS[choice]}
              </MenuItem>
            ))}
          <div className="menu-line" />
          {(Object.keys(ORDERS) as ThreadOrder[]).map((choice) => (
            <MenuItem key={choice} checked={choice === order} onSelect={() => setOrder(choice)}>
              {ORDERS[choice]}
            </MenuItem>
          ))}
        </Menu>
      </div>
      <div className="threads">
        {threads.length === 0 && (
          <Empty icon={MessageSquare} title="No comments yet">
            <p>
              {rights.comment
                ? 'Pause on a frame and write what you see. C starts a comment, D a drawing.'
                : 'Comments will appear here.'}
            </p>
          </Empty>
        )}
        {threads.length > 0 && shown.length === 0 && (
          <Empty icon={ListFilter} title="Nothing passes the filter" />
        )}
        {shown.map((thread) => (
          <ThreadCard key={thread.comment.id} thread={thread} />
        ))}
      </div>
      {rights.comment && <Composer />}
    </aside>
  )
}
