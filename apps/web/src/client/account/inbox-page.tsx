import './account.css'
import { useQuery } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { Link } from 'wouter'
import { faceOf } from '../projects/asset-face.ts'
import { Button } from '../ui/button.tsx'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { ago } from '../ui/time.ts'
import { toastError } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { assetQuery } from '../wire/assets.ts'
import { groupNotes, hrefOf, inboxQuery, markRead, type Note, type NoteGroup, unreadIn } from './inbox.ts'

export function InboxPage() {
  const inbox = useQuery(inboxQuery)
  useTitle('Inbox')
  const unread = unreadIn(inbox.data ?? [])
  return (
    <div className="page narrow">
      <div className="page-head">
        <h1>Inbox</h1>
        {unread.length > 0 && (
          <Button onClick={() => void markRead(unread).catch(toastError)}>Mark all as read</Button>
        )}
      </div>
      {inbox.isPending && <Skeleton style={{ height: 260 }} />}
      {inbox.isError && <Failure error={inbox.error} retry={() => void inbox.refetch()} />}
      {inbox.data?.length === 0 && (
        <Empty icon={Inbox} title="All quiet">
          <p>Comments, replies and status changes by others on what you follow appear here.</p>
        </Empty>
      )}
      {groupNotes(inbox.data ?? []).map((group) => (
        <GroupRow key={group.key} group={group} />
      ))}
    </div>
  )
}

function GroupRow({ group: { notes } }: { group: NoteGroup }) {
  const assetId = notes[0]?.asset_id
  const asset = useQuery({ ...assetQuery(assetId ?? ''), enabled: Boolean(assetId) })
  const thumb = asset.data && (faceOf(asset.data).thumb ?? faceOf(asset.data).thumb_540)
  return (
    <section className="note-group">
      <span className="note-thumb" style={thumb ? { backgroundImage: `url("${thumb}")` } : {}} />
      <div className="note-list">
        {notes.slice(0, 5).map((note) => (
          <NoteRow key={note.id} note={note} />
        ))}
        {notes.length > 5 && <small>and {notes.length - 5} more</small>}
      </div>
    </section>
  )
}

const REASONS: Partial<Record<Note['reason'], string>> = {
  mention: 'mentions you',
  reply: 'in your thread',
  owner: 'your upload',
}

function NoteRow({ note }: { note: Note }) {
  const href = hrefOf(note)
  const body = (
    <>
      <span className="note-text">{note.text}</span>
      <small>
        {REASONS[note.reason] && <em>{REASONS[note.reason]}</em>} {ago(note.inserted_at)}
      </small>
      {note.read_at === null && <span className="unread-dot" title="Unread" />}
    </>
  )
  if (!href) return <div className="note">{body}</div>
  return (
    <Link className="note" href={href} onClick={() => void markRead([note]).catch(() => {})}>
      {body}
    </Link>
  )
}
