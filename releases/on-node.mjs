// Plain JavaScript that Node 18 can read: it decides which Node runs the TypeScript.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = [24, 7]
const system = process.platform === 'win32' ? 'win' : process.platform
// Where the package puts it, not `.bin`: npm 9 makes no link for a program called node.
const installed = fileURLToPath(
  new URL(
    `../node_modules/node-${system}-${process.arch}/bin/node${system === 'win' ? '.exe' : ''}`,
    import.meta.url,
  ),
)

/**
 * Imports the module at `url`, here when this Node can run it, else in a process of the Node that npm installed.
 * @param {URL} url
 */
export async function onNode(url) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) await import(url.href)
  else if (existsSync(installed) && !process.env.RUSHES_ON_NODE) again()
  else {
    console.error(
      `Rushes needs Node ${NEEDED.join('.')} or newer and this is ${process.version}. ` +
        'On Linux and Windows `npm ci` brings one; elsewhere install it from nodejs.org.',
    )
    process.exitCode = 1
  }
}

function again() {
  const child = spawn(installed, process.argv.slice(1), {
    stdio: 'inherit',
    env: {
      ...process.env,
      RUSHES_ON_NODE: '1',
      // Programs of npm packages start `node` by name: they too get the new one.
      PATH: `${dirname(installed)}${delimiter}${process.env.PATH ?? ''}`,
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}
