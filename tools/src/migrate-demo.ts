import { parseArgs } from 'node:util'
import { emulatorClient, openEmulator } from '@rushes/dynasaur/testing'
import { migrateEstate, qualityText, v2Id, verifyEstate } from '@rushes/migrator'
import { admitManager } from './legacy/demo-people.ts'
import { demoText } from './legacy/demo-report.ts'
import { openDemoTarget } from './legacy/demo-target.ts'
import { viewProject } from './legacy/demo-view.ts'
import { type LegacyEstate, makeEstate, writeEstate } from './legacy/estate.ts'

const USAGE = `npm run migrate:demo -- [options]

  --seed N            which estate to make (2018)
  --mess FACTOR       multiplies the rate of every mess; 0 makes a clean estate (1)
  --endpoint URL      a DynamoDB to make it in; an emulator in this process unless given
  --to URL            a database that Rushes' schema is brought to; the configured one unless given
  --json              the whole report as one JSON object`

/**
 * Makes a small legacy estate in DynamoDB, migrates it into the database of the data folder, verifies it and shows a migrated
 * project through V2. Safe to repeat: the same estate again writes nothing. Exit code 1 when verification finds a difference.
 */
export async function migrateDemo(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '2018' },
      mess: { type: 'string', default: '1' },
      endpoint: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return console.log(USAGE)
  const say = (line: string) => values.json || console.log(line)
  const estate = makeEstate({ seed: Number(values.seed), mess: Number(values.mess) })
  await using stack = new AsyncDisposableStack()
  const target = stack.use(await openDemoTarget(values.to))
  const source = values.endpoint ? emulatorClient(values.endpoint) : stack.use(await openEmulator()).client
  await writeEstate(source, estate)
  say(
    `Made a legacy estate of ${Object.values(estate.records).flat().length} records, ${estate.damage.length} of them damaged.`,
  )
  const task = { source, target: target.database }
  const report = await migrateEstate(task)
  const verdict = await verifyEstate(task)
  const { team, person } = await admitManager(target.database, estate)
  const view = await viewProject(target.api, person.token, firstProject(estate, team))
  if (values.json) console.log(JSON.stringify({ damage: estate.damage, report, verdict, person, view }))
  else console.log(demoText({ report, quality: qualityText(report.quality), verdict, person, view, target }))
  process.exitCode = verdict.ok ? 0 : 1
}

function firstProject({ world }: LegacyEstate, team: string): string {
  return v2Id('project', world.projects.find(({ teamId }) => teamId === team)?.id ?? '')
}
