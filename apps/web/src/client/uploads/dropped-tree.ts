/** A folder that was dropped on the page, with what lies in it. */
export interface DroppedFolder {
  name: string
  files: File[]
  folders: DroppedFolder[]
}

/** Reads a drop: loose files and whole folders. Hidden files such as `.DS_Store` stay behind. */
export async function readDrop(items: DataTransferItemList): Promise<DroppedFolder> {
  // Everything must be taken before the first await: the list is emptied when the event ends.
  const taken = [...items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const tree = await readEntries(
    '',
    taken.flatMap(({ entry }) => entry ?? []),
  )
  // Something dragged out of another page is a file without an entry.
  const loose = taken.flatMap(({ entry, file }) => (entry === null && file ? [file] : []))
  return { ...tree, files: [...tree.files, ...loose] }
}

async function readEntries(name: string, entries: FileSystemEntry[]): Promise<DroppedFolder> {
  const folder: DroppedFolder = { name, files: [], folders: [] }
  for (const entry of entries.filter((other) => !other.name.startsWith('.'))) {
    if (entry.isDirectory)
      folder.folders.push(await readEntries(entry.name, await listOf(entry as FileSystemDirectoryEntry)))
    else folder.files.push(await fileOf(entry as FileSystemFileEntry))
  }
  return folder
}

async function listOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}
