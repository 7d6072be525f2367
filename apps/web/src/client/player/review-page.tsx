import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { Redirect, useLocation, useSearchParams } from 'wouter'
import { useLive } from '../live/use-live.ts'
import { Failure } from '../ui/states.tsx'
import { toastError } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { assetQuery, childrenQuery, refreshAsset, setLabel } from '../wire/assets.ts'
import { commentsQuery } from '../wire/comments.ts'
import { projectQuery } from '../wire/projects.ts'
import { sessionQuery } from '../wire/session.ts'
import type { Asset } from '../wire/types.ts'
import { Review } from './review.tsx'
import { ReviewBar } from './review-bar.tsx'
import type { Rights } from './review-context.ts'
import { useNeighbours } from './use-neighbours.ts'

/** The player's page for members. A version stack shows its newest version. */
export function ReviewPage({ assetId }: { assetId: string }) {
  const [, navigate] = useLocation()
  const [search] = useSearchParams()
  const asked = useQuery(assetQuery(assetId))
  const { stack, versions } = useVersions(asked.data)
  const file = asked.data?.type === 'version_stack' ? versions[0] : asked.data
  const projectId = asked.data?.project_id
  const project = useQuery({ ...projectQuery(projectId ?? ''), enabled: projectId !== undefined })
  const comments = useQuery({
    ...commentsQuery(file?.id ?? ''),
    enabled: file !== undefined && file.type === 'file',
  })
  const { data: user } = useQuery(sessionQuery)
  const connected = useLive(`projects:${projectId}`, projectId, comments.isSuccess)
  useTitle(file?.name)
  const open = useCallback((id: string) => navigate(`/assets/${id}`), [navigate])
  useNeighbours((stack ?? file)?.parent_id ?? null, (stack ?? file)?.id, open)

  if (asked.error) return <Failure error={asked.error} retry={() => void asked.refetch()} />
  if (asked.data?.type === 'folder') return <Redirect to={`/projects/${projectId}/${assetId}`} replace />
  if (!file || !user || !project.data) return <div className="review review-loading" aria-busy="true" />

  const labelled = stack ?? file
  const bar = (
    <ReviewBar
      file={file}
      labelled={labelled}
      versions={versions}
      connected={connected}
      back={backOf(file, stack, project.data.root_asset_id)}
      userId={user.id}
      onVersion={({ id }) => open(id)}
      onLabel={(label) => void setLabel(labelled.id, label).then(() => refreshAsset(labelled), toastError)}
    />
  )
  return (
    <Review
      key={file.id}
      asset={file}
      me={user}
      rights={rightsOf(project.data.shared ?? false)}
      bar={bar}
      commentId={search.get('comment')}
    />
  )
}

/** The versions of what is shown, newest first, and the stack they lie in; none for a lone file. */
function useVersions(asset: Asset | undefined) {
  const parentId = asset?.type === 'file' ? asset.parent_id : null
  const parent = useQuery({
    ...assetQuery(parentId ?? ''),
    enabled: parentId !== null && parentId !== undefined,
  })
  const stack =
    asset?.type === 'version_stack' ? asset : parent.data?.type === 'version_stack' ? parent.data : null
  const versions = useQuery({ ...childrenQuery(stack?.id ?? ''), enabled: stack !== null })
  return { stack, versions: versions.data ?? [] }
}

function backOf(
  file: { project_id: string; parent_id: string | null },
  stack: { parent_id: string | null } | null,
  rootId: string,
): string {
  const folder = stack ? stack.parent_id : file.parent_id
  return folder && folder !== rootId
    ? `/projects/${file.project_id}/${folder}`
    : `/projects/${file.project_id}`
}

function rightsOf(collaborator: boolean): Rights {
  return {
    comment: true,
    complete: true,
    keepPrivate: !collaborator,
    label: true,
    share: true,
    download: true,
  }
}
