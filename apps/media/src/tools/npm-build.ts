import { chmod, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Paths of the builds that came by npm for this platform; null where none is published or installed. */
export async function npmBuild(): Promise<{ ffmpeg: string; ffprobe: string } | null> {
  const platform = `${process.platform}-${process.arch}`
  const ffmpeg = await packagedBinary(`@ffmpeg-installer/${platform}`, 'ffmpeg')
  const ffprobe = await packagedBinary(`@ffprobe-installer/${platform}`, 'ffprobe')
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe } : null
}

async function packagedBinary(packageName: string, name: string): Promise<string | null> {
  try {
    const folder = dirname(require.resolve(`${packageName}/package.json`))
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
    await makeExecutable(path)
    return path
  } catch {
    return null
  }
}

/** The packages set the bit in an install script, which may not have run, and for the owner only. */
async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path)
  if ((mode & 0o555) === 0o555) return
  await chmod(path, mode | 0o555).catch((error) => {
    if ((mode & 0o100) === 0) throw error
  })
}
