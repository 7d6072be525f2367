import { field } from '@rushes/dynasaur'
import { flag, keys, legacyTable, moment, optionalWords, words } from './vocabulary.ts'

export const comments = legacyTable(
  'comments',
  {
    id: field.uuid(),
    file_reference_key: words(),
    // A user's id or, for a guest, an e-mail address.
    master_key: optionalWords(),
    text: words().default(''),
    timestamp: field.float().orNull(),
    duration: field.float().orNull(),
    page: field.integer({ min: 0n, max: 2n ** 31n - 1n }).orNull(),
    parent_key: field.uuid().orNull(),
    // Never widen access by accident: an unreadable flag means private.
    private: field.bool().orDefault(true),
    completed: flag(),
    completed_at: moment(),
    completer_key: field.uuid().orNull(),
    like_keys: keys(),
    annotation_object: field.object({ draw_data: field.json().optional() }).orNull(),
  },
  {
    project_key: 'the file says which project',
    reply_keys: 'each reply says what it answers',
  },
)
