import { clampFrame, type FrameClock, frameAt, seekTime } from './frames.ts'
import { readSpeed, readVolume, writeSpeed, writeVolume } from './preferences.ts'
import { nextShuttle, startReverse } from './shuttle.ts'
import { listen, watchFrames } from './watch-video.ts'

export interface Range {
  in: number
  out: number
}

export interface TransportState {
  /** The frame that is on screen, as the browser reported it. */
  frame: number
  /** The frame being sought, until it is on screen. */
  target: number | null
  playing: boolean
  /** Shuttle speed by J and L: 0 when not shuttling, negative backwards. */
  shuttle: number
  speed: number
  volume: number
  muted: boolean
  waiting: boolean
  loop: boolean
  range: Range | null
}

export type Transport = ReturnType<typeof createTransport>

/** Plays one medium frame by frame. React renders from `state()`; the rest are commands. */
export function createTransport(clock: FrameClock) {
  let video: HTMLVideoElement | null = null
  let state: TransportState = {
    frame: 0,
    target: null,
    playing: false,
    shuttle: 0,
    speed: readSpeed(),
    ...readVolume(),
    waiting: false,
    loop: false,
    range: null,
  }
  const listeners = new Set<() => void>()
  let stopReverse: (() => void) | null = null
  let stopAt: number | null = null
  let presentedSinceSeek = false

  function set(patch: Partial<TransportState>): void {
    state = { ...state, ...patch }
    for (const listener of listeners) listener()
  }

  function present(frame: number): void {
    set({ frame: Math.min(frame, clock.count - 1) })
    if (video && !video.paused) stopOrLoop()
  }

  /** Plays on, stops at the end of the window asked for, or goes round. */
  function stopOrLoop(): void {
    const end = stopAt ?? (state.loop ? (state.range?.out ?? clock.count - 1) : null)
    if (end === null || state.frame < end) return
    if (!state.loop) pause()
    go(state.loop ? (state.range?.in ?? 0) : end)
  }

  /** Seeks at most one at a time: a new target waits until the one under way is on screen. */
  function go(frame: number): void {
    const target = clampFrame(frame, clock)
    set({ target })
    if (!video || video.seeking) return
    presentedSinceSeek = false
    video.currentTime = seekTime(target, clock.rate)
  }

  function seeked(): void {
    if (!video || state.target === null) return
    const reached = frameAt(video.currentTime, clock.rate)
    // No new frame is presented when the one sought was on screen already, nor ever for audio.
    if (reached === state.target) set({ target: null, ...(!presentedSinceSeek && { frame: reached }) })
    else go(state.target)
  }

  function play(): void {
    endShuttle()
    if (!video) return
    video.playbackRate = state.speed
    if (state.frame >= clock.count - 1 && state.target === null) go(state.range?.in ?? 0)
    video.play().catch(() => set({ playing: false }))
  }

  /** Stops on a frame that is certain: where playback was, the picture may be ahead of the last frame that was reported. */
  function pause(): void {
    endShuttle()
    stopAt = null
    if (!video || video.paused) return
    video.pause()
    if (state.target === null) go(frameAt(video.currentTime, clock.rate))
  }

  function endShuttle(): void {
    stopReverse?.()
    stopReverse = null
    if (state.shuttle !== 0) set({ shuttle: 0 })
  }

  /** One more press of J (-1) or L (+1); `slow` for the half-speed variant. */
  function shuttle(direction: 1 | -1, slow = false): void {
    const speed = slow ? direction * 0.5 : nextShuttle(state.shuttle, direction)
    endShuttle()
    set({ shuttle: speed })
    if (!video) return
    if (speed > 0) {
      video.playbackRate = speed
      video.play().catch(() => endShuttle())
    } else {
      video.pause()
      stopReverse = startReverse(state.target ?? state.frame, -speed, clock.rate, go, endShuttle)
    }
  }

  return {
    clock,
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    play,
    pause,
    shuttle,
    seek(frame: number) {
      if (state.shuttle < 0) endShuttle()
      stopAt = null
      go(frame)
    },
    step(frames: number) {
      pause()
      go((state.target ?? state.frame) + frames)
    },
    toggle() {
      if (state.playing || state.shuttle !== 0) pause()
      else play()
    },
    /** Plays from `range.in` to `range.out` and stops there. */
    playRange(range: Range) {
      pause()
      go(range.in)
      play()
      stopAt = range.out
    },
    setSpeed(speed: number) {
      set({ speed })
      writeSpeed(speed)
      if (video && state.shuttle === 0) video.playbackRate = speed
    },
    setVolume(volume: number, muted = false) {
      const next = { volume: Math.min(1, Math.max(0, volume)), muted }
      set(next)
      writeVolume(next)
      if (video) Object.assign(video, next)
    },
    toggleLoop: () => set({ loop: !state.loop }),
    setRange: (range: Range | null) => set({ range }),
    /** Takes over an element; the answer lets it go. */
    attach(element: HTMLVideoElement) {
      video = element
      Object.assign(element, { volume: state.volume, muted: state.muted })
      const detach = listen(element, {
        set,
        seeked,
        // Until the first seek the browser may show a poster, which is another frame than the one we say.
        loaded: () => go(state.target ?? state.frame),
        ended: () => set({ playing: false, shuttle: 0 }),
      })
      const unwatch = watchFrames(element, (seconds) => {
        presentedSinceSeek = true
        present(frameAt(seconds, clock.rate))
      })
      return () => {
        endShuttle()
        detach()
        unwatch()
        video = null
      }
    },
  }
}
