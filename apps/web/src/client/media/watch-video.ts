import type { TransportState } from './transport.ts'

/** What a video element tells of itself, as the transport takes it. */
interface Listening {
  set(patch: Partial<Pick<TransportState, 'playing' | 'waiting'>>): void
  loaded(): void
  seeked(): void
  ended(): void
}

/** Hears an element until the answer is called. */
export function listen(element: HTMLVideoElement, on: Listening): () => void {
  const abort = new AbortController()
  const hear = (type: keyof HTMLMediaElementEventMap, act: () => void) =>
    element.addEventListener(type, act, { signal: abort.signal })
  hear('playing', () => on.set({ playing: true, waiting: false }))
  hear('play', () => on.set({ playing: true }))
  hear('pause', () => on.set({ playing: false, waiting: false }))
  hear('waiting', () => on.set({ waiting: true }))
  hear('canplay', () => on.set({ waiting: false }))
  hear('loadedmetadata', on.loaded)
  hear('seeked', on.seeked)
  hear('ended', on.ended)
  return () => abort.abort()
}

/** Reports the media time of every frame presented; without pictures, the time at every screen refresh while playing. */
export function watchFrames(element: HTMLVideoElement, report: (seconds: number) => void): () => void {
  let stopped = false
  const onFrame: VideoFrameRequestCallback = (_now, frame) => {
    if (stopped) return
    report(frame.mediaTime)
    element.requestVideoFrameCallback(onFrame)
  }
  const exact = 'requestVideoFrameCallback' in element
  if (exact) element.requestVideoFrameCallback(onFrame)
  const onRefresh = () => {
    if (stopped) return
    if (!element.paused && (!exact || element.videoWidth === 0)) report(element.currentTime)
    requestAnimationFrame(onRefresh)
  }
  requestAnimationFrame(onRefresh)
  return () => {
    stopped = true
  }
}
