import { createHash } from 'node:crypto'
import type { SendMailOptions } from 'nodemailer'
import { EmailError } from './errors.ts'
import { oneLine } from './text.ts'

export interface MailAddress {
  address: string
  name?: string
}

/** What a template makes. */
export interface MailContent {
  subject: string
  html: string
  text: string
}

/** Why the mail comes and how to stop it, for mail that a person may not want. */
export interface MailList {
  /** Names the list for filters, for example a project's id. */
  id: string
  name: string
  /** Where a POST without login unsubscribes at once (RFC 8058). */
  unsubscribeUrl: string
}

/** One mail to one person. */
export interface Mail {
  /** Stable identity of what is told: sent twice it has the same Message-ID, and mailboxes show it once. */
  id: string
  to: MailAddress
  content: MailContent
  /** Mails with the same thread, for example an asset's id, are shown as one conversation. */
  thread?: string
  list?: MailList
}

/** The mail as nodemailer takes it, with every header that comes from a person's text made safe. */
export function envelope(mail: Mail, from: MailAddress, host: string): SendMailOptions {
  const thread = mail.thread === undefined ? undefined : messageId(`thread ${mail.thread}`, host)
  return {
    from: safeAddress(from),
    to: safeAddress(mail.to),
    subject: oneLine(mail.content.subject, 200),
    text: mail.content.text,
    html: mail.content.html,
    messageId: messageId(mail.id, host),
    ...(thread === undefined ? {} : { inReplyTo: thread, references: thread }),
    ...(mail.list === undefined ? {} : listHeaders(mail.list, host)),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(mail.list === undefined ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function listHeaders(list: MailList, host: string): SendMailOptions {
  const id = list.id.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')
  return {
    list: {
      id: { url: `${id}.${host}`, comment: oneLine(list.name, 100) },
      unsubscribe: { url: new URL(list.unsubscribeUrl).href, comment: '' },
    },
  }
}

function messageId(id: string, host: string) {
  return `<${createHash('sha256').update(id).digest('hex').slice(0, 40)}@${host}>`
}

/** One address and nothing that could become a second one or a header (RFC 5321 dot-atom form, 254 characters). */
function safeAddress({ address, name }: MailAddress) {
  if (address.length > 254 || !/^[^\s@,;:<>()[\]\\"\p{Cc}]{1,64}@[^\s@,;:<>()[\]\\"\p{Cc}]+$/u.test(address))
    throw new EmailError('bad_address')
  return name === undefined ? { name: '', address } : { name: oneLine(name, 100), address }
}
