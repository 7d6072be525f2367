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
    addresses[app] ? [`  ${name.padEnd(20)} ${addresses[app]}`] : [],
  )
  return ['', ...lines, '', '  Ctrl-C stops everything and keeps the data.', ''].join('\n')
}
