import { createTransport, type SendMailOptions } from 'nodemailer'
import { EmailError } from './errors.ts'

/**
 * An SMTP server as `smtp://user:password@host:587` (STARTTLS, required unless the server is this machine) or
 * `smtps://…:465` (TLS from the first byte). Certificates are verified.
 */
export function smtpTransport(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const transport = createTransport({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !local,
    ignoreTLS: !secure && local,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  })
  return {
    async deliver(mail: SendMailOptions) {
      try {
        await transport.sendMail(mail)
      } catch (cause) {
        throw new EmailError(isPermanent(cause) ? 'rejected' : 'unavailable', { cause })
      }
    },
    close: () => transport.close(),
  }
}

/** SMTP says 5xx for refusals that no later try will change (RFC 5321, 4.2.1); a refused login may be set right. */
function isPermanent(error: unknown) {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  return responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH'
}
