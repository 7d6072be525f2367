import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'

/** A mail as it lies in the inbox folder. */
export interface CapturedMail {
  id: string
  /** When it was captured, UTC ISO. */
  at: string
  to: string
  subject: string
  headers: [name: string, value: string][]
  text: string
  html: string
}

/** Keeps each mail as one JSON file in `folder`; a mail sent again replaces itself, as in a mailbox. */
export function inboxTransport(folder: string) {
  const compose = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async deliver(mail: SendMailOptions) {
      const { message, messageId, envelope } = await compose.sendMail(mail)
      const captured: CapturedMail = {
        id: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
        at: new Date().toISOString(),
        to: envelope.to.join(', '),
        subject: String(mail.subject),
        headers: readHeaders(String(message)),
        text: String(mail.text),
        html: String(mail.html),
      }
      await mkdir(folder, { recursive: true })
      const draft = join(folder, `.${randomUUID()}`)
      await writeFile(draft, JSON.stringify(captured))
      await rename(draft, join(folder, `${captured.id}.json`))
    },
    close: () => compose.close(),
  }
}

/** The mails in an inbox folder, newest first; none when there is no folder yet. */
export async function readInbox(folder: string): Promise<CapturedMail[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => name.endsWith('.json'))
  const mails = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as CapturedMail),
  )
  return mails.sort((a, b) => b.at.localeCompare(a.at))
}

/** The header lines above the first empty line, with continuation lines joined (RFC 5322, 2.2.3). */
function readHeaders(message: string) {
  const [head = ''] = message.split('\n\n', 1)
  return head
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n')
    .map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    })
}
