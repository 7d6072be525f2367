import { type Call, uuidParam } from '../call.ts'
import { read, write } from '../endpoint.ts'
import { LegacyError } from '../legacy-error.ts'
import { reviewLinkRecord } from '../records/review-link.ts'
import { rows } from '../rows.ts'
import type { V2Asset, V2ReviewLink } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'
import { needText, readFlag, readIds, readNumber, readRecord, readText, sent } from '../wire/parameters.ts'
import { assetRecords, needAsset } from './assets.ts'

interface V2LinkItem {
  asset: V2Asset | null
}

/** What a link shows, of one kind. */
async function items(call: Call, linkId: string, type: V2Asset['type']) {
  const found = await call.v2.list<V2LinkItem>(`/v2/review_links/${linkId}/items`, { include: 'asset' })
  return rows(found, (page) =>
    assetRecords(
      call,
      page.flatMap(({ asset }) => (asset?.type === type ? [asset] : [])),
    ),
  )
}

async function record(call: Call, link: V2ReviewLink): Promise<LegacyRecord> {
  const [legacy, files, stacks] = await Promise.all([
    call.legacyIds([link.project_id]),
    items(call, link.id, 'file'),
    items(call, link.id, 'version_stack'),
  ])
  return { ...reviewLinkRecord(link, legacy), file_references: files, version_stacks: stacks }
}

async function show(call: Call): Promise<LegacyRecord> {
  const link = await call.v2.get<V2ReviewLink>(`/v2/review_links/${uuidParam(call)}`)
  return { review_link: await record(call, link) }
}

async function list(call: Call): Promise<LegacyRecord> {
  const id = await call.id('project')
  const legacy = await call.legacyIds([id])
  const links = await call.v2.list<V2ReviewLink>(`/v2/projects/${id}/review_links`)
  return { review_links: rows(links, (page) => page.map((link) => reviewLinkRecord(link, legacy))) }
}

async function create(call: Call): Promise<LegacyRecord> {
  const given = readRecord(call.params, 'review_link')
  const project = await call.id('project', needText(given, 'project_key'))
  const assets: string[] = []
  for (const [key, kind] of [
    ['file_reference_keys', 'file_reference'],
    ['version_stack_keys', 'version_stack'],
  ] as const)
    for (const id of readIds(given, key)) assets.push((await needAsset(call, kind, id)).id)
  if (assets.length === 0) throw new LegacyError('file_reference_keys is missing')
  const made = await call.v2.post<V2ReviewLink>(`/v2/projects/${project}/review_links`, settings(given))
  const link = await call.v2.post<V2ReviewLink>(`/v2/review_links/${made.id}/assets`, { asset_ids: assets })
  return { review_link: await record(call, link), messages: ['Successfully created review link'] }
}

function settings(given: Parameters<typeof readText>[0]) {
  const expires = readNumber(given, 'expires_at')
  return sent({
    name: readText(given, 'name'),
    password: readText(given, 'password'),
    is_active: readFlag(given, 'is_active'),
    allow_approvals: readFlag(given, 'allow_approvals'),
    enable_downloading: readFlag(given, 'enable_downloading'),
    current_version_only: readFlag(given, 'current_version_only'),
    notify_on_view: readFlag(given, 'notify_on_view'),
    expires_at: expires === undefined ? undefined : moment(expires),
  })
}

/** Seconds since 1970 as V2 wants them. */
function moment(seconds: number): string {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) throw new LegacyError('expires_at is not a time')
  return date.toISOString()
}

async function update(call: Call): Promise<LegacyRecord> {
  const body = settings(readRecord(call.params, 'review_link'))
  const link = await call.v2.put<V2ReviewLink>(`/v2/review_links/${uuidParam(call)}`, body)
  return { review_link: await record(call, link), messages: ['Successfully updated review link'] }
}

export const reviewLinks = [
  read('/projects/:id/review_links', list),
  read('/review_links/:id', show),
  write('/review_links/create', create),
  write('/review_links/:id/update', update),
  write('/review_links/:id/delete', async (call) => {
    await call.v2.delete(`/v2/review_links/${uuidParam(call)}`)
    return { messages: ['Successfully deleted review link'] }
  }),
]
