import './uploads.css'
import { Check, ChevronDown, ChevronUp, RotateCw, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { IconButton } from '../ui/button.tsx'
import { bytesText } from '../ui/time.ts'
import { uploadQueue } from './queue.ts'
import { isActive, type Upload, uploadProgress } from './upload.ts'

/** The list of uploads at the corner of the page; they go on while one moves between pages. */
export function UploadTray() {
  const uploads = useSyncExternalStore(uploadQueue.subscribe, uploadQueue.list)
  const [folded, setFolded] = useState(false)
  const active = uploads.filter(isActive).length
  useLeaveGuard(active > 0)
  if (uploads.length === 0) return null
  const failed = uploads.filter(({ state }) => state === 'failed').length
  return (
    <section className="tray" aria-label="Uploads">
      <div className="tray-head">
        {active > 0
          ? `Uploading ${active} ${active === 1 ? 'file' : 'files'}`
          : failed > 0
            ? `${failed} failed`
            : 'Uploads complete'}
        <span className="spacer" />
        <IconButton
          label={folded ? 'Unfold' : 'Fold'}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {folded ? <ChevronUp size={17} /> : <ChevronDown size={17} />}
        </IconButton>
        {active === 0 && (
          <IconButton label="Close" onClick={uploadQueue.clear}>
            <X size={17} />
          </IconButton>
        )}
      </div>
      {!folded && (
        <div className="tray-list">
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </div>
      )}
    </section>
  )
}

function UploadRow({ upload }: { upload: Upload }) {
  const progress = uploadProgress(upload)
  return (
    <div className="tray-row" data-state={upload.state}>
      <span className="tray-name">{upload.file.name}</span>
      <span>
        {upload.state === 'failed' && (
          <IconButton label="Try again" onClick={() => uploadQueue.retry(upload.id)}>
            <RotateCw size={15} />
          </IconButton>
        )}
        {isActive(upload) && (
          <IconButton label="Cancel" onClick={() => uploadQueue.cancel(upload.id)}>
            <X size={15} />
          </IconButton>
        )}
        {upload.state === 'done' && <Check size={16} color="var(--good)" />}
      </span>
      <small className={upload.error ? 'problem' : ''}>{upload.error ?? stateText(upload, progress)}</small>
      {isActive(upload) && (
        <span className="progress">
          <i style={{ width: `${progress * 100}%` }} />
        </span>
      )}
    </div>
  )
}

function stateText(upload: Upload, progress: number): string {
  if (upload.state === 'cancelled') return 'Cancelled; choose the file again to go on'
  if (upload.state === 'waiting') return 'Waiting'
  if (upload.state === 'done') return bytesText(upload.file.size)
  return `${bytesText(upload.file.size * progress)} of ${bytesText(upload.file.size)}`
}

/** Asks before the window closes on a running upload. */
function useLeaveGuard(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [active])
}
