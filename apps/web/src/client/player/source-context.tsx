import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { openSource, type Source } from '../media/source.ts'
import { useTransport } from '../media/use-transport.ts'
import { stageOf } from '../projects/asset-face.ts'
import { queryClient } from '../wire/query-client.ts'
import { useReview } from './review-context.ts'

interface SourceState {
  source: Source | null
  problem: string | null
  quality: string
  choose(id: string): void
  /** Opens the stream again, with addresses read anew: signed ones don't last for ever. */
  retry(): void
  /** The video element to play in, once there is one. */
  mount(video: HTMLVideoElement | null): void
}

const SourceContext = createContext<SourceState | null>(null)

/** The stream of the page's player. Throws outside one. */
export function useSource(): SourceState {
  const state = useContext(SourceContext)
  if (!state) throw new Error('useSource needs a SourceProvider above it')
  return state
}

/** Opens the asset's stream in the player's video element, and closes it with the page. */
export function SourceProvider({ children }: { children: ReactNode }) {
  const { asset } = useReview()
  const transport = useTransport()
  const [video, mount] = useState<HTMLVideoElement | null>(null)
  const [source, setSource] = useState<Source | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [quality, setQuality] = useState('auto')
  const [attempt, setAttempt] = useState(0)
  const ready = stageOf(asset).kind === 'ready'

  // Reading the asset again brings freshly signed URLs; that is no reason to load the video again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asset.id, ready and attempt say when to open anew
  useEffect(() => {
    if (!video || !ready) return
    let gone = false
    let opened: Source | null = null
    const detach = transport.attach(video)
    openSource(video, asset, setProblem).then(
      (now) => {
        if (gone) return now.dispose()
        opened = now
        setSource(now)
      },
      (error: Error) => setProblem(error.message),
    )
    return () => {
      gone = true
      detach()
      opened?.dispose()
      setSource(null)
    }
  }, [video, asset.id, ready, transport, attempt])

  const state = useMemo(
    () => ({
      source,
      problem,
      quality,
      mount,
      choose(id: string) {
        setQuality(id)
        source?.choose(id)
      },
      async retry() {
        await queryClient.refetchQueries({ queryKey: ['assets', asset.id], exact: true })
        setProblem(null)
        setAttempt((now) => now + 1)
      },
    }),
    [source, problem, quality, asset.id],
  )
  return <SourceContext.Provider value={state}>{children}</SourceContext.Provider>
}
