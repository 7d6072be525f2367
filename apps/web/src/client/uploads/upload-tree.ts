import { createFolder, refreshAsset } from '../wire/assets.ts'
import type { DroppedFolder } from './dropped-tree.ts'
import { uploadQueue } from './queue.ts'

/** Uploads a dropped tree into a folder and makes its folders on the way. */
export async function uploadTree(tree: DroppedFolder, parentId: string): Promise<void> {
  if (tree.files.length > 0) uploadQueue.add(tree.files, parentId)
  for (const folder of tree.folders) {
    const made = await createFolder(parentId, folder.name)
    await refreshAsset(made)
    await uploadTree(folder, made.id)
  }
}
