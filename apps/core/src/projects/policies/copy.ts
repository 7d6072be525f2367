import type { Policy } from '../../policy.ts'
import { isEditor } from '../access.ts'
import { type AccessibleAsset, readAsset } from './asset.ts'

/** Taking a copy is as good as downloading: whoever may not have the file may not have another one of it either. */
export const copyAssetPolicy = {
  name: 'asset.copy',
  scope: null,
  find: readAsset.find,
  allows: (_ctx, row) =>
    row.parent_id !== null && (isEditor(row.role) || (row.role === 'collaborator' && row.can_download)),
} satisfies Policy<AccessibleAsset, 'asset.copy'>
