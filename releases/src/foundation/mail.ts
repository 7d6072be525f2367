import type { Mail } from '@rushes/core'
import { createMailer, digest, invitation, type MailAddress, passwordReset } from '@rushes/email'
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
      const projectUrl = `${web}/projects/${project.id}`
      const [first, ...more] = lines.map((line) => ({
        sentence: line.text,
        url: line.asset_id ? assetUrl(web, line.asset_id, line.comment_id) : projectUrl,
      }))
      if (!first) return
      await mailer.send({
        id: `digest ${user.id} ${lines.map(({ id }) => id).join(' ')}`,
        to: { address: user.email, name: user.name },
        thread: project.id,
        content: digest({ project: project.name, projectUrl, items: [first, ...more] }),
      })
    },
    invitation: ({ id, email, inviter, place, note, url }) =>
      mailer.send({
        id: `invitation ${id}`,
        to: { address: email },
        content: invitation({ inviter: inviter ?? 'Rushes', place, url, ...(note && { note }) }),
      }),
    passwordReset: ({ id, email, name, url }) =>
      mailer.send({
        id: `password reset ${id}`,
        to: { address: email, name },
        content: passwordReset({ name, url }),
      }),
    [Symbol.asyncDispose]: () => mailer[Symbol.asyncDispose](),
  }
}

function assetUrl(web: string, assetId: string, commentId: string | null): string {
  return `${web}/assets/${assetId}${commentId ? `?comment=${commentId}` : ''}`
}

function parseAddress(text: string): MailAddress {
  const [, name, address] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? []
  return address ? { address, ...(name && { name }) } : { address: text }
}
