import { statfs } from 'node:fs/promises'

const LEAST_SHARE = 0.05

/** Rejects when less than a twentieth of the disk that holds `folder` is free. */
export async function checkDisk(folder: string): Promise<void> {
  const { bavail, blocks } = await statfs(folder)
  if (bavail / blocks < LEAST_SHARE) throw new Error(`the disk of ${folder} is nearly full`)
}
