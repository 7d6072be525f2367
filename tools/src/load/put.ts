import { Agent, request } from 'node:http'

const PIECE_BYTES = 256 * 1024

/** Sends bodies over keep-alive connections, no faster than the other side takes them. */
export interface Putter extends Disposable {
  /** PUTs bytes; rejects unless the answer is 200. */
  put(url: string, bytes: Uint8Array): Promise<void>
}

/** A putter with at most `connections` at once. */
export function openPutter(connections: number): Putter {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    put: (url, bytes) =>
      new Promise((resolve, reject) => {
        const headers = {
          'content-length': bytes.length,
          'content-type': 'video/mp4',
          'x-amz-acl': 'private',
        }
        const sent = request(url, { agent, method: 'PUT', headers }, (answer) => {
          answer.resume()
          answer.once('end', () =>
            answer.statusCode === 200
              ? resolve()
              : reject(new Error(`PUT was answered ${answer.statusCode}`)),
          )
        })
        sent.once('error', reject)
        let at = 0
        function write() {
          while (at < bytes.length) {
            const piece = bytes.subarray(at, at + PIECE_BYTES)
            at += PIECE_BYTES
            if (!sent.write(piece) && at < bytes.length) return void sent.once('drain', write)
          }
          sent.end()
        }
        write()
      }),
    [Symbol.dispose]: () => agent.destroy(),
  }
}
