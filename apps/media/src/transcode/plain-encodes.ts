import type { Probe } from '../probe/probe-result.ts'
import { formatRational } from '../rational.ts'
import { audioOutput, videoOutput } from './encode.ts'
import { ladder } from './ladder.ts'

/**
 * What a person would type to make the renditions of a video by hand: the arguments of one plain ffmpeg each, same
 * settings, sound included, to be run in the output folder. The floor that the media benchmark measures against.
 */
export function plainEncodes(source: string, probe: Probe): string[][] {
  const { video, audio } = probe
  if (!video) return []
  return ladder(video).map((rung) => [
    ...['-nostdin', '-v', 'error', '-y', '-i', source, '-map', `0:${video.streamIndex}`],
    ...(audio ? ['-map', `0:${audio.streamIndex}`, ...audioOutput(audio.channels)] : []),
    ...['-vf', `fps=${formatRational(video.frameRate)},scale=${rung.width}:${rung.height},format=yuv420p`],
    ...videoOutput(rung, video.frameRate),
  ])
}
