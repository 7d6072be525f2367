import { open } from 'node:fs/promises'
import { MediaError } from './errors.ts'

/** A container recognised by its first bytes. */
export type Container = {
  /** Short name shown to people and stored. */
  readonly name: string
  /** The one ffmpeg demuxer that may read it. */
  readonly demuxer: string
  readonly still: boolean
  /** Broadcast streams may be cut anywhere, so a decoding error at their edges isn't fatal. */
  readonly lossyEdges: boolean
}

type Signature = readonly [name: string, demuxer: string, matches: (head: Buffer) => boolean]

const MOV_ATOMS = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']
const HEAD_BYTES = 1024

const SIGNATURES: readonly Signature[] = [
  ['mov', 'mov', (head) => MOV_ATOMS.includes(text(head, 4, 4))],
  ['matroska', 'matroska', (head) => hex(head, 0, 4) === '1a45dfa3'],
  ['avi', 'avi', (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 4) === 'AVI '],
  ['wav', 'wav', (head) => ['RIFF', 'RF64'].includes(text(head, 0, 4)) && text(head, 8, 4) === 'WAVE'],
  ['webp', 'webp_pipe', (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 4) === 'WEBP'],
  ['mxf', 'mxf', (head) => hex(head, 0, 8) === '060e2b3402050101'],
  ['mpegts', 'mpegts', (head) => isTransportStream(head, 188, 0) || isTransportStream(head, 192, 4)],
  ['mpeg', 'mpeg', (head) => hex(head, 0, 4) === '000001ba'],
  ['aiff', 'aiff', (head) => text(head, 0, 4) === 'FORM' && ['AIFF', 'AIFC'].includes(text(head, 8, 4))],
  ['flac', 'flac', (head) => text(head, 0, 4) === 'fLaC'],
  ['ogg', 'ogg', (head) => text(head, 0, 4) === 'OggS'],
  ['gif', 'gif', (head) => ['GIF87a', 'GIF89a'].includes(text(head, 0, 6))],
  ['png', 'png_pipe', (head) => hex(head, 0, 8) === '89504e470d0a1a0a'],
  ['jpeg', 'jpeg_pipe', (head) => hex(head, 0, 3) === 'ffd8ff'],
  ['mp3', 'mp3', (head) => text(head, 0, 3) === 'ID3' || isMpegAudio(head)],
  ['aac', 'aac', (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0],
]

const STILLS = ['png', 'jpeg', 'webp']

/**
 * Recognises a file by its magic bytes; its name plays no part. Throws `MediaError('unsupported_format')` for
 * anything unknown, which is where playlists, session descriptions, SVG, HTML and PDF end.
 */
export async function sniff(path: string): Promise<Container> {
  const head = await readHead(path)
  const signature = SIGNATURES.find(([, , matches]) => matches(head))
  if (!signature)
    throw new MediaError('unsupported_format', 'This is not a video, audio or picture file we can read.')
  const [name, demuxer] = signature
  const lossyEdges = name === 'mpegts' || name === 'mpeg'
  return { name, demuxer, still: STILLS.includes(name), lossyEdges }
}

async function readHead(path: string): Promise<Buffer> {
  await using file = await open(path, 'r')
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  return buffer.subarray(0, bytesRead)
}

function text(head: Buffer, offset: number, length: number): string {
  return head.toString('latin1', offset, offset + length)
}

function hex(head: Buffer, offset: number, length: number): string {
  return head.toString('hex', offset, offset + length)
}

function isTransportStream(head: Buffer, packet: number, offset: number): boolean {
  return [0, 1, 2, 3].every((index) => head[offset + index * packet] === 0x47)
}

function isMpegAudio(head: Buffer): boolean {
  const second = head[1] ?? 0
  const third = head[2] ?? 0
  const layer = (second >> 1) & 3
  return head[0] === 0xff && second >= 0xe0 && layer !== 0 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3
}
