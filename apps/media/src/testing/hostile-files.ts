import { writeFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'
import type { MediaErrorCode } from '../errors.ts'
import type { Tools } from '../tools/tools.ts'
import { ffmpegByHand } from './files.ts'

/** What the traps point at: a file of somebody else's and a server that counts who calls. */
export type Canaries = { readonly file: string; readonly fileName: string; readonly url: string }

/** A hostile file: how to write it, and the reason it must end with. */
export type HostileFile = {
  readonly name: string
  readonly reasons: readonly MediaErrorCode[]
  readonly write: (path: string, tools: Tools, canaries: Canaries) => Promise<unknown>
}

const HLS_HEAD =
  '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n'

function playlist(name: string, content: (canaries: Canaries) => string): HostileFile {
  const write: HostileFile['write'] = (path, _tools, canaries) => writeFile(path, content(canaries))
  return { name, reasons: ['unsupported_format'], write }
}

function generated(name: string, reasons: MediaErrorCode[], args: (path: string) => string[]): HostileFile {
  return { name, reasons, write: (path, tools) => ffmpegByHand(tools, args(path)) }
}

const lavfi = (description: string) => ['-f', 'lavfi', '-i', description]

/** Texts that make an unguarded ffmpeg open something else (AB61). */
export const PLAYLISTS: readonly HostileFile[] = [
  playlist('HLS to a local file', ({ file }) => `${HLS_HEAD}${file}\n#EXT-X-ENDLIST\n`),
  playlist('HLS to a neighbour', ({ fileName }) => `${HLS_HEAD}${fileName}\n#EXT-X-ENDLIST\n`),
  playlist('HLS over http', ({ url }) => `${HLS_HEAD}${url}/a.ts\n#EXT-X-ENDLIST\n`),
  playlist('HLS through concat', ({ file, url }) => `${HLS_HEAD}concat:${file}|${url}\n#EXT-X-ENDLIST\n`),
  playlist('ffconcat, relative', ({ fileName }) => `ffconcat version 1.0\nfile ${fileName}\n`),
  playlist('ffconcat, absolute', ({ file }) => `ffconcat version 1.0\nfile '${file}'\n`),
  playlist('DASH', ({ url }) => dash(url)),
  playlist(
    'SDP',
    () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n',
  ),
  playlist('SMIL', ({ url }) => `<smil><body><video src="${url}/a.mp4"/></body></smil>`),
  playlist('SVG', ({ url }) => `<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}/a.png"/></svg>`),
  playlist('HTML', () => '<!doctype html><script>alert(1)</script>'),
  playlist('PDF', () => '%PDF-1.7\n%%EOF\n'),
  playlist('empty', () => ''),
]

function dash(url: string): string {
  const representation = `<Representation id="1" bandwidth="1"><BaseURL>${url}/a.mp4</BaseURL><SegmentBase indexRange="0-1"/></Representation>`
  return `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT5S"><Period><AdaptationSet mimeType="video/mp4">${representation}</AdaptationSet></Period></MPD>`
}

/** Real media that asks for too much, or for decoders we don't open (AB63 to AB65). */
export const BOMBS: readonly HostileFile[] = [
  { name: 'PNG of 16000x16000', reasons: ['too_large'], write: (path) => writeFile(path, hugePng(16_000)) },
  {
    name: 'PNG of 60000x60000',
    reasons: ['too_large'],
    write: (path) => writeFile(path, hugePng(60_000, 4)),
  },
  generated('H.264 of 8192x8192', ['too_large'], (path) => [
    ...[...lavfi('color=black:s=8192x8192:r=1'), '-frames:v', '1', '-c:v', 'libx264'],
    ...['-preset', 'ultrafast', '-threads', '1', '-f', 'mp4', path],
  ]),
  generated('Matroska that claims 25 hours', ['too_long'], (path) => gap(path, 2, 90_000)),
  generated('Matroska of 12 frames and one gap of 20 hours', ['corrupt'], (path) => gap(path, 12, 72_000)),
  generated('200 audio tracks', ['too_many_streams'], (path) => [
    ...[...lavfi('anullsrc=r=8000:cl=mono'), '-t', '0.1', ...Array(200).fill(['-map', '0:a']).flat()],
    ...['-c:a', 'pcm_s16le', '-f', 'mov', path],
  ]),
  generated('a thousand frames a second', ['unsupported_frame_rate'], (path) => [
    ...[...lavfi('color=black:s=64x64:r=1000'), '-frames:v', '50', '-c:v', 'libx264', '-f', 'mov', path],
  ]),
  generated('MagicYUV in Matroska', ['unsupported_codec'], (path) => [
    ...[...lavfi('testsrc=s=64x64:r=5'), '-frames:v', '2', '-c:v', 'magicyuv', '-f', 'matroska', path],
  ]),
  generated('FFV1 in AVI', ['unsupported_codec'], (path) => [
    ...[...lavfi('testsrc=s=64x64:r=5'), '-frames:v', '2', '-c:v', 'ffv1', '-f', 'avi', path],
  ]),
  { name: 'MP4 head and nothing else', reasons: ['corrupt', 'unsupported_format'], write: writeHeadOnly },
  { name: 'MP4 head with HLS behind it', reasons: ['corrupt', 'unsupported_format'], write: writePolyglot },
]

/** `frames` frames at 25 a second, the last of them `seconds` later. */
function gap(path: string, frames: number, seconds: number): string[] {
  const times = `settb=1/1000,setpts=N*40+gte(N\\,${frames - 1})*${seconds * 1000}`
  const source = [...lavfi('color=black:s=64x64:r=25'), '-frames:v', String(frames), '-vf', times]
  return [...source, '-vsync', '0', '-c:v', 'libx264', '-bf', '0', '-f', 'matroska', path]
}

const FTYP = Buffer.from([0, 0, 0, 24, ...Buffer.from('ftypisom\0\0\x02\0isomiso2')])

function writeHeadOnly(path: string): Promise<void> {
  return writeFile(path, FTYP)
}

function writePolyglot(path: string, _tools: Tools, { file, url }: Canaries): Promise<void> {
  return writeFile(path, Buffer.concat([FTYP, Buffer.from(`\n${HLS_HEAD}${file}\n${url}\n#EXT-X-ENDLIST\n`)]))
}

/** A black picture of one bit a pixel, so that a bomb of a quarter gigapixel is a few kilobytes. */
function hugePng(side: number, rows: number = side): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(side / 8))), { level: 1 })
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
