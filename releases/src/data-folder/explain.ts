import { StartError } from '../start-error.ts'

/** ENOENT is what Node's recursive mkdir says on a read-only file system. */
const NOT_OURS_TO_WRITE = ['EACCES', 'EPERM', 'EROFS', 'ENOENT']

/** Says in one line what an error of the file system means for the data folder; passes other errors on. */
export function explainFileError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code && NOT_OURS_TO_WRITE.includes(code))
    return new StartError(
      'data_folder',
      `the data folder ${path} is not writable for this user; choose another with RUSHES_DATA_DIR`,
    )
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StartError('disk_full', `the disk of the data folder ${path} is full`)
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new StartError('data_folder', `the data folder ${path} is not a folder`)
  return error
}
