import './links.css'
import { useQuery } from '@tanstack/react-query'
import { LinkIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { resetSocket } from '../live/socket.ts'
import { Empty, Failure } from '../ui/states.tsx'
import { RequestError, standInReview } from '../wire/request.ts'
import { EnterForm } from './enter-form.tsx'
import { GuestReview } from './guest-review.tsx'
import { knock, readItems } from './links.ts'

interface GuestPageProps {
  code: string
  /** The asset to show; null for the first, or a choice when there are several. */
  assetId: string | null
}

/** The page behind a review link: asks who one is, then shows what the link holds. */
export function GuestPage({ code, assetId }: GuestPageProps) {
  standInReview(true)
  useEffect(() => () => standInReview(false), [])
  const door = useQuery({ queryKey: ['review', code], queryFn: () => knock(code), retry: false })
  const link = door.data?.link
  const [entries, setEntries] = useState(0)
  const items = useQuery({
    queryKey: ['review', code, 'items', entries],
    queryFn: () => readItems(link?.id ?? ''),
    enabled: link !== undefined,
    retry: false,
  })

  if (door.error instanceof RequestError && door.error.status === 404) return <GoneLink />
  if (door.error) return <Failure error={door.error} retry={() => void door.refetch()} />
  if (!link || items.isPending) return <div className="review review-loading" aria-busy="true" />
  if (items.isError) {
    const entered = () => {
      resetSocket()
      void door.refetch()
      setEntries(entries + 1)
    }
    return (
      <EnterForm
        code={code}
        name={link.name}
        needsPassword={door.data?.needs_password ?? false}
        onEntered={entered}
      />
    )
  }
  return <GuestReview code={code} link={link} items={items.data} assetId={assetId} />
}

function GoneLink() {
  return (
    <div className="enter">
      <Empty icon={LinkIcon} title="This link doesn’t work any more">
        <p>
          It was switched off, has expired, or was copied incompletely. Ask whoever sent it for a new one.
        </p>
      </Empty>
    </div>
  )
}
