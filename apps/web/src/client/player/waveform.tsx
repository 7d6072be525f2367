import { useQuery } from '@tanstack/react-query'
import { playhead, useTransport, useTransportState } from '../media/use-transport.ts'
import { useReview } from './review-context.ts'

interface Peaks {
  peaks: number[]
}

/** The sound as a picture: large in the place of a video, or low behind the timeline. */
export function Waveform({ large = false }: { large?: boolean }) {
  const { asset } = useReview()
  const url = asset.rushes?.waveform_peaks_url ?? null
  const { data } = useQuery({
    queryKey: ['peaks', asset.id],
    queryFn: async () => ((await (await fetch(url ?? '')).json()) as Peaks).peaks,
    enabled: url !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data || data.length === 0) return null
  const bars = large ? 220 : 400
  return (
    <svg
      className={`waveform ${large ? 'large' : ''}`}
      viewBox={`0 0 ${bars} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={barsPath(data, bars)} />
      {large && <Heard d={barsPath(data, bars)} bars={bars} />}
    </svg>
  )
}

/** The part before the playhead, in the accent colour. */
function Heard({ d, bars }: { d: string; bars: number }) {
  const { clock } = useTransport()
  const frame = useTransportState(playhead)
  const width = clock.count > 1 ? (frame / (clock.count - 1)) * bars : 0
  return (
    <>
      <clipPath id="heard">
        <rect width={width} height="100" />
      </clipPath>
      <path className="heard" clipPath="url(#heard)" d={d} />
    </>
  )
}

function barsPath(peaks: readonly number[], bars: number): string {
  const top = Math.max(0.05, ...peaks)
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars))
    const height = Math.max(1, (Math.max(...peaks.slice(from, to)) / top) * 96)
    return `M${bar + 0.2} ${50 - height / 2}h.6v${height}h-.6z`
  }).join('')
}
