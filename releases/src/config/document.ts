import { z } from 'zod'
import { Settings } from './settings.ts'

/** `docs/configuration.md`, made from the settings themselves: `npm run docs` writes it and a test compares it. */
export function configurationPage(): string {
  const entries = Object.entries(Settings.shape).map(([name, setting]) => {
    const { default: fallback } = z.toJSONSchema(setting, { io: 'input', unrepresentable: 'any' })
    return `- \`${name}\`${shown(fallback)}: ${setting.description}`
  })
  return [
    '# Configuration',
    '',
    'Rushes is configured by environment variables alone, and needs none of them to start. They are read once, at the',
    'start; a value that can’t be used stops it with one line. `npm run doctor` shows what a start would find.',
    '',
    ...entries,
    '',
    'This page is generated from `releases/src/config/settings.ts` by `npm run docs`.',
    '',
  ].join('\n')
}

function shown(fallback: unknown): string {
  const none = fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)
  return none ? '' : ` (default \`${fallback}\`)`
}
