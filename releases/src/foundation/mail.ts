import type { Mail } from '@rushes/core'
import { createMailer, type MailAddress } from '@rushes/email'
import type { Config } from '../config/config.ts'

/** Core's way to write to people: over SMTP where it is configured, else into the folder that the inbox page shows. */
export function openMail(config: Config, folder: string): Mail & AsyncDisposable {
  const web = config.publicUrl
  const mailer = createMailer({
    from: parseAddress(config.mailFrom),
    host: new URL(web).hostname,
    transport: config.smtpUrl ? { kind: 'smtp', url: config.smtpUrl } : { kind: 'inbox', folder },
  })
  return {
    async digest({ user, project, lines }) {
      const [first] = lines
      if (!first) return
      const told = lines.map((line) => ({
        text: line.text,
        url: line.asset_id ? `${web}/assets/${line.asset_id}` : `${web}/projects/${project.id}`,
      }))
      await mailer.send({
        id: `digest ${user.id} ${lines.map(({ id }) => id).join(' ')}`,
        to: { address: user.email, name: user.name },
        thread: project.id,
        content: {
          subject: lines.length === 1 ? first.text : `${lines.length} updates in ${project.name}`,
          text: told.map(({ text, url }) => `${text}\n${url}`).join('\n\n'),
          html: told
            .map(({ text, url }) => `<p><a href="${escapeHtml(url)}">${escapeHtml(text)}</a></p>`)
            .join('\n'),
        },
      })
    },
    [Symbol.asyncDispose]: () => mailer[Symbol.asyncDispose](),
  }
}

function parseAddress(text: string): MailAddress {
  const [, name, address] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? []
  return address ? { address, ...(name && { name }) } : { address: text }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character]!)
}
