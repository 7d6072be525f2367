import { runNamed } from './run-named.ts'
import { runTests } from './test.ts'

const [command, ...args] = process.argv.slice(2)

const commands: Record<string, (args: string[]) => Promise<void>> = {
  test: runTests,
  bench: (rest) => runNamed('bench', rest),
  faults: (rest) => runNamed('faults', rest),
  'migrate-demo': async (rest) => {
    const demo = (await import(new URL('./migrate-demo.ts', import.meta.url).href)) as {
      migrateDemo(args: string[]): Promise<void>
    }
    await demo.migrateDemo(rest)
  },
}

const run = commands[command ?? '']
if (run) await run(args)
else {
  console.error(`tools/run.mjs knows ${Object.keys(commands).join(', ')}`)
  process.exitCode = 1
}
