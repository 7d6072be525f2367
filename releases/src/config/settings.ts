import { z } from 'zod'

const url = (...protocols: string[]) =>
  z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `must be a URL that starts with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  })

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

const onOff = z.enum(['on', 'off'])

/** Every environment variable that Rushes reads, with the sentence that `docs/configuration.md` prints about it. */
export const Settings = z.object({
  RUSHES_DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe(
      'The folder for everything that is kept: database, uploads, renditions, captured mail, keys. Relative paths start at the checkout.',
    ),
  RUSHES_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_529)
    .default(8700)
    .describe(
      'The front door: web client, API, uploads, media and sockets on one origin. The six ports after it serve API, Support Tool, Munger, mail inbox, realtime and the embedded database alone.',
    ),
  RUSHES_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'The address to listen on. The embedded database and the mail inbox stay on 127.0.0.1 whatever this says.',
    ),
  RUSHES_PUBLIC_URL: url('http', 'https')
    .optional()
    .describe(
      'The address that people and clients use, behind a proxy for example `https://review.example.com`. Links in mails and upload URLs start with it. Without it, links go back to whatever host a request came to.',
    ),
  RUSHES_TRUSTED_PROXIES: list
    .default([])
    .describe(
      'Addresses or networks (comma-separated, for example `10.0.0.0/8`) of the proxies whose `X-Forwarded-*` is believed. TLS ends at the proxy; cookies are Secure when it says the request came by https.',
    ),
  DATABASE_URL: url('postgres', 'postgresql')
    .optional()
    .describe('A PostgreSQL 15 or later to use instead of the embedded server.'),
  RUSHES_SIGN_UP: onOff
    .default('off')
    .describe('`on` lets anybody make an account; `off` leaves it to invitations.'),
  SMTP_URL: url('smtp', 'smtps')
    .optional()
    .describe(
      'Where mail is handed over, for example `smtps://user:password@mail.example.com`. Without it mail is captured and shown on the inbox page.',
    ),
  RUSHES_MAIL_FROM: z
    .string()
    .min(1)
    .default('Rushes <rushes@localhost>')
    .describe('The sender of mail, as `Name <address>`.'),
  MEMCACHED_URL: url('memcached')
    .optional()
    .describe('A second cache tier behind the one in process, for example `memcached://127.0.0.1:11211`.'),
  RUSHES_FFMPEG: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The ffmpeg to use, with ffprobe beside it. Without it: the one on PATH when 5.1 or later, else the one that npm brought.',
    ),
  RUSHES_TRANSCODE_SANDBOX: z
    .enum(['auto', 'required'])
    .default('auto')
    .describe(
      '`required` refuses to start where ffmpeg can’t be jailed (bubblewrap and user namespaces); `auto` confines it as far as the machine allows and says so.',
    ),
  RUSHES_LOCAL_WEBHOOKS: onOff
    .default('off')
    .describe(
      '`on` lets webhooks go to `localhost` and loopback addresses, over http and to any port: for developing against a local receiver.',
    ),
  RUSHES_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('The least important log line that is written. JSON, or text for people on a terminal.'),
  RUSHES_SECRET_KEY: z
    .string()
    .min(32)
    .optional()
    .describe(
      'Signs links to uploads and media; at least 32 characters, the same on every node. Without it one is made and kept in the data folder.',
    ),
  RUSHES_METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Lets whoever sends it as a bearer token read `/metrics`; without it only requests from this machine may.',
    ),
  RUSHES_DEMO: onOff
    .default('on')
    .describe('`off` keeps the first start from filling an empty installation with the demo.'),
})
