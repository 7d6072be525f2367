import type Hls from 'hls.js'
import type { Asset } from '../wire/types.ts'

export interface Quality {
  /** `auto`, or the height in lines. */
  id: string
  label: string
}

export interface Source {
  qualities: Quality[]
  choose(id: string): void
  dispose(): void
}

const AUTO: Quality = { id: 'auto', label: 'Auto' }

/** Gives `video` the asset's stream: HLS where the browser can, else the best MP4. Rejects when there is neither. */
export async function openSource(video: HTMLVideoElement, asset: Asset, onFailure: Failed): Promise<Source> {
  // MSE playback is preferred over a native HLS player because only it is known to be exact to the frame.
  const { default: HlsPlayer } = await import('hls.js')
  if (asset.hls_manifest && HlsPlayer.isSupported()) {
    return openHls(HlsPlayer, video, asset, onFailure)
  }
  if (asset.hls_manifest && video.canPlayType('application/vnd.apple.mpegurl'))
    return openUrl(video, asset.hls_manifest)
  return openFiles(video, asset)
}

type Failed = (message: string) => void

function openHls(
  Player: typeof Hls,
  video: HTMLVideoElement,
  asset: Asset,
  onFailure: Failed,
): Promise<Source> {
  const hls = new Player({ backBufferLength: 60 })
  let recoveries = 0
  hls.on(Player.Events.ERROR, (_event, { fatal, type }) => {
    if (!fatal) return
    recoveries += 1
    // Without a playlist there is nothing to recover.
    if (recoveries > 3 || hls.levels.length === 0) onFailure('This video can’t be loaded just now.')
    else if (type === Player.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else hls.startLoad()
  })
  const ready = new Promise<Source>((resolve) => {
    hls.once(Player.Events.MANIFEST_PARSED, () => resolve(hlsSource(hls)))
  })
  hls.loadSource(asset.hls_manifest ?? '')
  hls.attachMedia(video)
  return ready
}

function hlsSource(hls: Hls): Source {
  return {
    qualities: [AUTO, ...hls.levels.map((level) => heightQuality(level.height)).reverse()],
    choose: (id) => {
      hls.currentLevel = id === AUTO.id ? -1 : hls.levels.findIndex((level) => String(level.height) === id)
    },
    dispose: () => hls.destroy(),
  }
}

function openFiles(video: HTMLVideoElement, asset: Asset): Source {
  const files = mp4Files(asset)
  const best = files.find(([height]) => height <= 1080) ?? files[0]
  if (!best) throw new Error('There is nothing to play yet.')
  const source = openUrl(video, best[1])
  return {
    ...source,
    qualities: files.map(([height]) => heightQuality(height)),
    choose(id) {
      const url = files.find(([height]) => String(height) === id)?.[1]
      const { currentTime, paused } = video
      if (!url) return
      video.src = url
      video.currentTime = currentTime
      if (!paused) void video.play()
    },
  }
}

function openUrl(video: HTMLVideoElement, url: string): Source {
  video.src = url
  return { qualities: [AUTO], choose: () => {}, dispose: () => video.removeAttribute('src') }
}

/** MP4 renditions by height, highest first; the source itself stands in for audio and for what isn't transcoded. */
function mp4Files(asset: Asset): [number, string][] {
  const files: [number, string | null | undefined][] = [
    [2160, asset.h264_2160],
    [1080, asset.h264_1080_best],
    [720, asset.h264_720],
    [540, asset.h264_540],
    [360, asset.h264_360],
  ]
  const there = files.filter((file): file is [number, string] => typeof file[1] === 'string')
  return there.length > 0 || !asset.original ? there : [[0, asset.original]]
}

function heightQuality(height: number): Quality {
  return height > 0 ? { id: String(height), label: `${height}p` } : { id: '0', label: 'Source' }
}
