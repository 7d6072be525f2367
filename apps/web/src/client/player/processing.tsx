import { CircleAlert } from 'lucide-react'
import { stageOf, stageText } from '../projects/asset-face.ts'
import { Empty } from '../ui/states.tsx'
import type { Asset } from '../wire/types.ts'

/** Stands in for the picture until there is one; the live connection replaces it by itself. */
export function Processing({ asset }: { asset: Asset }) {
  const stage = stageOf(asset)
  if (stage.kind === 'failed') {
    return (
      <div className="stage">
        <Empty icon={CircleAlert} title="This file can’t be shown">
          <p>{stage.detail}</p>
        </Empty>
      </div>
    )
  }
  const share = stage.kind === 'transcoding' ? stage.progress : 0
  return (
    <div className="stage">
      <div className="empty" role="status">
        <h2>{stageText(stage)}</h2>
        <span className="progress">
          <i style={{ width: `${share * 100}%` }} />
        </span>
        <p>It plays here as soon as it is ready. You can already comment.</p>
      </div>
    </div>
  )
}
