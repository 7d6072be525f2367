import type { EstateReport, EstateVerdict } from '@rushes/migrator'
import type { DemoPerson } from './demo-people.ts'
import type { DemoTarget } from './demo-target.ts'
import type { DemoView } from './demo-view.ts'

interface Demo {
  report: EstateReport
  quality: string
  verdict: EstateVerdict
  person: DemoPerson
  view: DemoView
  target: DemoTarget
}

/** What the demo prints at its end: the loads, the data-quality report, the verdict, and where to look. */
export function demoText({ report, quality, verdict, person, view, target }: Demo): string {
  const { project, children, commented, comments } = view
  const loads = report.tables.map(({ table, items, rows, changed, dead }) => {
    return `  ${table.padEnd(22)} ${items} records → ${rows} rows, ${changed} written, ${dead} dead letters`
  })
  const published = report.published.map(
    ({ table, rows, written }) => `  ${table.padEnd(22)} ${rows} rows, ${written} written`,
  )
  return [
    '\nStaged in schema legacy:',
    ...loads,
    '\nPublished into V2:',
    ...published,
    '\nData quality (mess, and what became of it):',
    quality || '  nothing odd',
    `\nVerified: ${verdict.ok ? 'source, staged rows and V2 agree' : differences(verdict)}`,
    `\nThrough V2: project “${project.name}” holds ${project.file_count} files; its root lists ${children.length}.`,
    ...(commented
      ? [`“${commented.name}” has ${commented.comment_count} comments, the first: ${comments[0]?.text}`]
      : []),
    ...whereToLook(person, project.root_asset_id, target),
  ].join('\n')
}

function differences({ staged, published }: EstateVerdict): string {
  const found = [
    ...staged.flatMap((table) => table.differences),
    ...published.flatMap((table) => table.differences),
  ]
  const lines = found.map(({ table, key, column, expected, actual }) => {
    return `  ${table} ${key} ${column}: expected ${JSON.stringify(expected)}, is ${JSON.stringify(actual)}`
  })
  return ['DIFFERENCES', ...lines].join('\n')
}

function whereToLook(
  { name, email, password, token }: DemoPerson,
  root: string,
  { api, running }: DemoTarget,
): string[] {
  return [
    `\nSee it yourself${running ? '' : ' (npm start, then)'}: sign in as ${name}`,
    `  ${email}`,
    `  ${password}`,
    `or  curl -H 'Authorization: Bearer ${token}' ${api}/v2/assets/${root}/children`,
  ]
}
