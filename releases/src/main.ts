import './config/thread-pool.ts'
import { EmbeddedError } from '@rushes/db/embedded'
import { StartError } from './start-error.ts'

const [command, ...rest] = process.argv.slice(2)

try {
  if (command === 'doctor') await (await import('./doctor/doctor.ts')).doctor()
  else if (command === '--watch') await (await import('./watch.ts')).watch(rest)
  else await (await import('./start.ts')).start(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartError || error instanceof EmbeddedError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
