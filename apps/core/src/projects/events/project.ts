import type { Event, Protocols, Stored } from '../../events.ts'

export type ProjectOnlyEvent =
  | Event<'project.created', { name: string }>
  | Event<'project.updated', { changed: string[] }>
  | Event<'project.deleted', { files: number; bytes: number; comments: number }>
  | Event<'collaborator.created', { user_id: string | null; email: string }>
  | Event<'collaborator.deleted', { user_id: string | null; email: string }>

type Any = Stored<ProjectOnlyEvent>

const audit =
  (action: string, itemType = 'project') =>
  (e: Any) => ({ action, itemType, details: e.data })
const webhook = (e: Any) => ({ resource: { type: e.type.slice(0, e.type.indexOf('.')), id: e.subjectId } })
const cache = (e: Any) => [`project:${e.projectId}`]
const realtime = (e: Any) => ({ data: { project_id: e.projectId, ...e.data }, audience: 'everyone' as const })
const people = (e: Any) => ({ data: { project_id: e.projectId, id: e.subjectId }, audience: 'team' as const })

function joining(e: Extract<Any, { type: 'collaborator.created' }>): string {
  if (e.data.user_id === null) return 'invited somebody to'
  return e.data.user_id === e.actor.id ? 'joined' : 'added'
}

const rest = { analytics: null, notify: null, usage: null, cache, webhook }

export const projectOnlyProtocols: Protocols<ProjectOnlyEvent> = {
  'project.created': {
    ...rest,
    audit: audit('ProjectCreated'),
    usage: () => [{ metric: 'projects', amount: 1 }],
    realtime,
  },
  'project.updated': { ...rest, audit: audit('ProjectUpdated'), realtime },
  'project.deleted': {
    ...rest,
    audit: audit('ProjectDeleted'),
    usage: (e) => [
      { metric: 'projects', amount: -1 },
      { metric: 'files', amount: -e.data.files },
      { metric: 'storage', amount: -e.data.bytes },
      { metric: 'comments', amount: -e.data.comments },
    ],
    realtime,
  },
  // Told when an e-mail is invited (user_id null, the pending row's id), and told again with the collaborator's own id when
  // the invitation is accepted: what was announced first isn't there any more.
  'collaborator.created': {
    ...rest,
    audit: audit('CollaboratorCreated', 'collaborator'),
    notify: (e) => ({ kind: 'person', verb: joining(e), ...(e.data.user_id && { userId: e.data.user_id }) }),
    realtime: people,
  },
  'collaborator.deleted': { ...rest, audit: audit('CollaboratorDeleted', 'collaborator'), realtime: people },
}
