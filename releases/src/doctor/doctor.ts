import { readConfig } from '../config/config.ts'
import { type Finding, findings } from './findings.ts'

const marks: Record<Finding['state'], string> = { good: '✔', warning: '!', bad: '✖' }

/** `npm run doctor`: prints what a start would find on this machine and changes nothing. Exit code 1 when it could not start. */
export async function doctor(): Promise<void> {
  for await (const { state, name, detail } of findings(readConfig())) {
    console.log(`${marks[state]} ${name.padEnd(12)} ${detail}`)
    if (state === 'bad') process.exitCode = 1
  }
}
