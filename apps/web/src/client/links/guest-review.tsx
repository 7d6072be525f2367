import { useQuery } from '@tanstack/react-query'
import { Film } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { useLive } from '../live/use-live.ts'
import { useWatchers } from '../live/use-watchers.ts'
import { Review } from '../player/review.tsx'
import { DownloadMenu, VersionMenu } from '../player/review-bar.tsx'
import type { Rights } from '../player/review-context.ts'
import { faceOf } from '../projects/asset-face.ts'
import { Brand } from '../shell.tsx'
import { Avatars } from '../ui/avatar.tsx'
import { Empty, Failure, Offline } from '../ui/states.tsx'
import { useTitle } from '../ui/use-title.ts'
import { assetQuery, childrenQuery } from '../wire/assets.ts'
import { commentsQuery } from '../wire/comments.ts'
import { sessionQuery } from '../wire/session.ts'
import type { Asset, ReviewLinkItem } from '../wire/types.ts'
import { type Door, guestOf } from './links.ts'

interface GuestReviewProps {
  code: string
  link: Door
  items: ReviewLinkItem[]
  assetId: string | null
}

/** The player for people who came by a link: the same, with less to decide. */
export function GuestReview({ code, link, items, assetId }: GuestReviewProps) {
  const item = items.find((one) => one.asset_id === assetId || faceOf(one.asset).id === assetId) ?? items[0]
  const versions = useVersions(item?.asset)
  const [versionId, setVersionId] = useState<string | null>(null)
  const fileId = versionId ?? versions[0]?.id ?? (item && faceOf(item.asset).id)
  const file = useQuery({ ...assetQuery(fileId ?? ''), enabled: fileId !== undefined })
  const comments = useQuery({ ...commentsQuery(fileId ?? ''), enabled: fileId !== undefined })
  const connected = useLive(`review_links:${link.id}`, link.project_id, file.isSuccess && comments.isSuccess)
  const session = useQuery(sessionQuery)
  const me = guestOf(link.id) ?? session.data ?? { id: 'guest', name: 'Guest' }
  useTitle(file.data?.name)

  if (!item) return <Empty icon={Film} title="This link is empty just now" />
  if (file.error) return <Failure error={file.error} retry={() => void file.refetch()} />
  if (!file.data) return <div className="review review-loading" aria-busy="true" />
  const bar = (
    <header className="review-bar">
      <Brand />
      <h1>{file.data.name}</h1>
      {versions.length > 1 && (
        <VersionMenu versions={versions} current={file.data} onChoose={({ id }) => setVersionId(id)} />
      )}
      <span className="spacer" />
      {items.length > 1 && (
        <Reel code={code} items={items} current={item} onChoose={() => setVersionId(null)} />
      )}
      {!connected && <Offline />}
      <Watchers assetId={file.data.id} self={me.id} />
      {link.enable_downloading && <DownloadMenu file={file.data} />}
    </header>
  )
  return (
    <Review key={file.data.id} asset={file.data} me={me} rights={rightsOf(link)} bar={bar} commentId={null} />
  )
}

function useVersions(asset: Asset | undefined): Asset[] {
  const stack = asset?.type === 'version_stack' ? asset.id : null
  const versions = useQuery({ ...childrenQuery(stack ?? ''), enabled: stack !== null, retry: false })
  return versions.data ?? []
}

function rightsOf(link: Door): Rights {
  return {
    comment: link.enable_comments,
    complete: false,
    keepPrivate: false,
    label: false,
    share: false,
    download: link.enable_downloading,
  }
}

function Watchers({ assetId, self }: { assetId: string; self: string }) {
  return <Avatars people={useWatchers(assetId, self)} />
}

interface ReelProps {
  code: string
  items: ReviewLinkItem[]
  current: ReviewLinkItem
  onChoose(): void
}

/** The other assets of the link. */
function Reel({ code, items, current, onChoose }: ReelProps) {
  return (
    <nav className="reel" aria-label="Assets of this link">
      {items.map((item) => {
        const thumb = faceOf(item.asset).thumb ?? faceOf(item.asset).thumb_540
        return (
          <Link
            key={item.id}
            href={`/r/${code}/${item.asset_id}`}
            aria-current={item === current}
            aria-label={item.asset.name}
            title={item.asset.name}
            style={thumb ? { backgroundImage: `url("${thumb}")` } : {}}
            onClick={onChoose}
          />
        )
      })}
    </nav>
  )
}
