/** Why a part didn't arrive. `permanent`: sending it again can't help (its URL is refused). */
export class PartError extends Error {
  readonly permanent: boolean

  constructor(message: string, permanent: boolean) {
    super(message)
    this.name = 'PartError'
    this.permanent = permanent
  }
}

/** PUTs one part and reports the bytes sent so far. Rejects with `PartError`, or with an AbortError when aborted. */
export function sendPart(
  url: string,
  body: Blob,
  type: string,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
) {
  return new Promise<void>((resolve, reject) => {
    // fetch can't tell how much of a body has been sent.
    const call = new XMLHttpRequest()
    call.open('PUT', url)
    call.setRequestHeader('content-type', type || 'application/octet-stream')
    call.setRequestHeader('x-amz-acl', 'private')
    call.upload.onprogress = (event) => onSent(event.loaded)
    call.onload = () =>
      call.status >= 200 && call.status < 300
        ? resolve()
        : reject(
            new PartError(
              `The server refused a part (${call.status}).`,
              call.status >= 400 && call.status < 429,
            ),
          )
    call.onerror = () => reject(new PartError('The connection broke.', false))
    call.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal.addEventListener('abort', () => call.abort(), { once: true })
    call.send(body)
  })
}

/** Like `sendPart`, but tries a passing failure four more times with growing pauses. */
export async function sendPartPatiently(...args: Parameters<typeof sendPart>): Promise<void> {
  const signal = args[3]
  for (let attempt = 0; ; attempt++) {
    try {
      return await sendPart(...args)
    } catch (error) {
      if (signal.aborted || attempt >= 4 || (error instanceof PartError && error.permanent)) throw error
      await pause(500 * 2 ** attempt * (0.5 + Math.random()), signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const stop = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', stop, { once: true })
  })
}
