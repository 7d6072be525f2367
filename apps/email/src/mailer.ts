import { logger, metrics } from '@rushes/monitoring'
import { EmailError } from './errors.ts'
import { inboxTransport } from './inbox/capture.ts'
import { envelope, type Mail, type MailAddress } from './mail.ts'
import { smtpTransport } from './smtp.ts'

/** Where mail goes: into a folder that the local inbox page shows, or to an SMTP server. */
export type MailTransport = { kind: 'inbox'; folder: string } | { kind: 'smtp'; url: string }

export interface MailerConfig {
  from: MailAddress
  /** The domain in Message-ID and List-ID, without port. */
  host: string
  transport: MailTransport
}

export interface Mailer extends AsyncDisposable {
  /** Hands one mail over. Rejects with `EmailError`; `retryable` says whether to try again. */
  send(mail: Mail): Promise<void>
}

const log = logger('email')

/** Opens the way out for mail. The inbox needs nothing; an SMTP server is first spoken to when a mail is sent. */
export function createMailer({ from, host, transport }: MailerConfig): Mailer {
  const channel = transport.kind
  const out = transport.kind === 'inbox' ? inboxTransport(transport.folder) : smtpTransport(transport.url)
  return {
    async send(mail) {
      try {
        await out.deliver(envelope(mail, from, host))
        metrics.count('email.sent', 1, { channel, result: 'sent' })
      } catch (cause) {
        const error = cause instanceof EmailError ? cause : new EmailError('unavailable', { cause })
        metrics.count('email.sent', 1, { channel, result: error.code })
        log.warn('mail not sent', { mail: mail.id, error })
        throw error
      }
    },
    [Symbol.asyncDispose]: async () => out.close(),
  }
}
