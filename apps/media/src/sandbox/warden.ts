/**
 * Runs a command and kills it when our standard input ends, which happens when the process that started us is gone.
 * Used where neither bwrap nor setpriv can tie a child's life to its parent's.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const [command = '', ...args] = process.argv.slice(2)
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })

process.stdin.resume()
process.stdin.on('end', () => child.kill('SIGKILL'))
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('error', () => process.exit(127))
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0))
})
