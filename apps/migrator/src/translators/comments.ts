import { columns, migration, pgTable } from '@rushes/dynasaur'
import { decodeEntities } from '../entities.ts'
import { v2Id } from '../ids.ts'
import { comments } from '../legacy/comments.ts'
import { publication, type Settlement } from '../publish/publication.ts'
import { stagedStamps, stagedStampsOf, stampsSql, uuids } from './staging.ts'

const staged = pgTable(
  'legacy.comments',
  {
    id: columns.uuid(),
    asset_id: columns.uuid(),
    legacy_asset_id: columns.text(),
    parent_id: columns.uuid().nullable(),
    author_id: columns.uuid().nullable(),
    guest_id: columns.uuid().nullable(),
    guest_email: columns.text().nullable(),
    text: columns.text(),
    annotation: columns.text().nullable(),
    timestamp: columns.float8().nullable(),
    duration: columns.float8().nullable(),
    page: columns.int4().nullable(),
    private: columns.bool(),
    completed_at: columns.timestamptz().nullable(),
    completer_id: columns.uuid().nullable(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const likes = pgTable(
  'legacy.comment_likes',
  { comment_id: columns.uuid(), user_id: columns.uuid() },
  { key: ['comment_id', 'user_id'], ownedBy: 'comment_id' },
)

export const commentsMigration = migration({
  source: comments,
  into: { staged, likes },
  translate: (comment, to, { note }) => {
    const { id, timestamp, duration } = comment
    const done = comment.completed_at !== null || comment.completed
    const master = comment.master_key?.trim() ?? null
    const guest = master?.includes('@') ? master.toLowerCase() : null
    const author = master === null || guest !== null ? [] : [master]
    const text = decodeEntities(comment.text)
    if (text !== comment.text) note('text.entities', 'text', comment.text)
    to.staged({
      ...{ id, text, timestamp, duration },
      asset_id: v2Id('file_reference', comment.file_reference_key.trim()),
      legacy_asset_id: comment.file_reference_key,
      parent_id: comment.parent_key,
      author_id: uuids(author, (key) => note('key.syntax', 'master_key', key))[0] ?? null,
      guest_id: guest === null ? null : v2Id('anonymous_user', guest),
      guest_email: guest,
      annotation: comment.annotation_object?.draw_data ?? null,
      page: comment.page === null ? null : Number(comment.page),
      private: comment.private,
      completed_at: done ? (comment.completed_at ?? comment.updated_at_integer) : null,
      completer_id: comment.completer_key,
      ...stagedStampsOf(comment),
    })
    const likers = uuids(comment.like_keys, (key) => note('key.syntax', 'like_keys', key))
    for (const user_id of likers) to.likes({ comment_id: id, user_id })
  },
})

const MOST_TEXT = 20_000
const MOST_ANNOTATION = 1_000_000

const settle = [
  `create temp table settled_comments on commit drop as
   select c.id, a.project_id, a.id as asset_id, parent.id as parent_id, c.parent_id as legacy_parent_id, u.id as owner_id, c.author_id, c.guest_id, c.guest_email,
          left(coalesce(nullif(c.text, ''), '—'), ${MOST_TEXT}) as text, length(c.text) as length,
          case when length(c.annotation) <= ${MOST_ANNOTATION} then c.annotation end as annotation, c.timestamp, c.duration, c.page, c.private, c.completed_at,
          completer.id as completer_id, ${stampsSql('c')}
     from legacy.comments c join settled_assets a on a.id = c.asset_id and a.type = 'file'
     left join legacy.comments parent on parent.id = c.parent_id and parent.asset_id = c.asset_id and parent.id <> c.id
     left join settled_users u on u.id = c.author_id left join settled_users completer on completer.id = c.completer_id`,
  `insert into quality select 'comment.parked', 'comment', id::text, 'file_reference_key', legacy_asset_id from legacy.comments c
    where not exists (select from settled_comments s where s.id = c.id)`,
  `insert into quality select 'comment.parent_missing', 'comment', id::text, 'parent_key', legacy_parent_id::text from settled_comments
    where legacy_parent_id is distinct from parent_id`,
  `insert into quality select 'comment.author_missing', 'comment', id::text, 'master_key', coalesce(author_id::text, 'none') from settled_comments
    where owner_id is null and guest_id is null`,
  `insert into quality select 'comment.guest', 'comment', id::text, 'master_key', guest_email from settled_comments where guest_id is not null`,
  `insert into quality select 'text.cut', 'comment', id::text, 'text', length || ' characters' from settled_comments where length > ${MOST_TEXT}`,
  `insert into quality select 'like.dangling', 'comment', comment_id::text, 'like_keys', user_id::text from legacy.comment_likes l
    where not exists (select from settled_users u where u.id = l.user_id)`,
]

const publications = [
  publication({
    table: 'anonymous_users',
    key: ['id'],
    columns: ['id', 'name', 'email', 'inserted_at', 'updated_at'],
    select: `select guest_id, left(split_part(guest_email, '@', 1), 255), guest_email, min(inserted_at), min(inserted_at)
               from settled_comments where guest_id is not null group by guest_id, guest_email`,
    yields: true,
  }),
  publication({
    table: 'comments',
    key: ['id'],
    columns: [
      'id',
      'project_id',
      'asset_id',
      'parent_id',
      'owner_id',
      'anonymous_user_id',
      'text',
      'annotation',
      'timestamp',
      'duration',
      'page',
      'private',
      'completed_at',
      'completer_id',
      'inserted_at',
      'updated_at',
      'deleted_at',
    ],
    select: `select id, project_id, asset_id, parent_id, owner_id, guest_id, text, annotation, timestamp, duration, page, private,
                    completed_at, completer_id, inserted_at, updated_at, deleted_at from settled_comments`,
    yields: true,
  }),
  publication({
    table: 'comment_impressions',
    key: ['comment_id', 'type', 'user_id', 'anonymous_user_id'],
    nullable: ['user_id', 'anonymous_user_id'],
    columns: ['comment_id', 'type', 'user_id', 'anonymous_user_id', 'asset_id'],
    select: `select l.comment_id, 'like', u.id, null::uuid, c.asset_id
               from legacy.comment_likes l join settled_comments c on c.id = l.comment_id join settled_users u on u.id = l.user_id`,
  }),
]

export const commentsSettlement: Settlement = { settle, publications }
