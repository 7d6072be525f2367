import type { DemoFile } from './demo/demo.ts'

const names: Record<string, string> = {
  web: 'Rushes',
  api: 'API (V2)',
  support: 'Support Tool',
  munger: 'Legacy API (Munger)',
  mail: 'Mail inbox',
}

/** The lines that a start prints: where to go. */
export function welcome(addresses: Readonly<Record<string, string>>): string {
  const lines = Object.entries(names).flatMap(([app, name]) =>
    addresses[app] ? [line(name, addresses[app])] : [],
  )
  return ['', ...lines, '', '  Ctrl-C stops everything and keeps the data.', ''].join('\n')
}

/** Who can sign in to the demo. */
export function signIns({ users, review_link, web }: DemoFile): string {
  const people = users.map(({ email, password, role }) =>
    line(email, `${password}   ${role.replace('_', ' ')}`),
  )
  return [
    `  The demo is ready. Sign in at ${web} with`,
    '',
    ...people,
    '',
    line('Review link', review_link),
    '',
  ].join('\n')
}

function line(name: string, value: string): string {
  return `  ${name.padEnd(22)} ${value}`
}
