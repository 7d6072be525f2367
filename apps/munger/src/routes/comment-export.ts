import type { Call } from '../call.ts'
import { TextFile } from '../endpoint.ts'
import type { V2Asset, V2Comment } from '../v2/resources.ts'
import { needAsset } from './assets.ts'

/** The comments as a text file (1.5): numbered, with timecodes, replies indented; `& < >` as entities (R13). */
export async function exportComments(call: Call): Promise<TextFile> {
  const asset = await needAsset(call, 'file_reference')
  const { pages } = await call.v2.list<V2Comment>(`/v2/assets/${asset.id}/comments`, { include: 'replies' })
  const blocks = [heading(asset)]
  let number = 0
  for await (const page of pages)
    for (const comment of page)
      if (comment.parent_id === null) blocks.push(block(comment, number++, asset.fps ?? null))
  return new TextFile(`${asset.name}.txt`, blocks.join('\n'))
}

function heading(asset: V2Asset): string {
  const uploader = (asset.creator as { name: string } | null)?.name ?? 'Unknown'
  const version = typeof asset.version === 'number' ? asset.version : 1
  return `${entities(asset.name)}\nVersion ${version} - ${entities(uploader)} - ${moment(asset.uploaded_at ?? asset.inserted_at)}\n`
}

function block(comment: V2Comment, number: number, fps: number | null): string {
  const replies = (comment.replies ?? []).map(
    (reply) => `\n\t${byline(reply)}\n\t${entities(reply.text).replaceAll('\n', '\n\t')}\n`,
  )
  const time = comment.timestamp === null || fps === null ? '' : `${timecode(comment.timestamp, fps)} - `
  const head = `${String(number).padStart(3, '0')} - ${byline(comment)}`
  return `${head}\n${time}${entities(comment.text)}\n${replies.join('')}`
}

function byline(comment: V2Comment): string {
  const name = comment.owner?.name ?? comment.anonymous_user?.name ?? 'Guest'
  return `${entities(name)} - ${moment(comment.inserted_at)}`
}

/** `HH:MM:SS:FF` counted from zero, without dropping. */
export function timecode(frame: number, fps: number): string {
  const rate = Math.max(1, Math.round(fps))
  const whole = Math.max(0, Math.floor(frame))
  const seconds = Math.floor(whole / rate)
  const fields = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, whole % rate]
  return fields.map((field) => String(field).padStart(2, '0')).join(':')
}

/** `10:19AM January 27th, 2016`, in UTC. */
export function moment(at: string): string {
  const date = new Date(at)
  const hours = date.getUTCHours()
  const minutes = String(date.getUTCMinutes()).padStart(2, '0')
  const month = date.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })
  const clock = `${hours % 12 || 12}:${minutes}${hours < 12 ? 'AM' : 'PM'}`
  return `${clock} ${month} ${ordinal(date.getUTCDate())}, ${date.getUTCFullYear()}`
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return `${day}th`
  return `${day}${['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'}`
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
