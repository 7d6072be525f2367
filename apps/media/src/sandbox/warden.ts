/**
 * Runs a command and kills it when our standard input ends, which happens when the process that started us is gone.
 * Used where neither bwrap nor setpriv can tie a child's life to its parent's.
 */
import { spawn } from 'node:child_process'

const [command = '', ...args] = process.argv.slice(2)
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })

process.stdin.resume()
process.stdin.on('end', () => child.kill('SIGKILL'))
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('error', () => process.exit(127))
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, 'SIGKILL')
  process.exit(code ?? 1)
})
