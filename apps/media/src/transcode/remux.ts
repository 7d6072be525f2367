import { flags } from '../flags.ts'
import { ownInput } from '../whitelists.ts'
import { AUDIO_FILE, hlsMuxer, hlsNames } from './encode.ts'
import { ffmpeg, type Job } from './job.ts'
import type { Rung } from './ladder.ts'

/** Names of the audio track's HLS files. */
export const AUDIO_HLS = hlsNames('audio')

/** Copies each rung's encode, with the audio, into a progressive MP4, and the audio into its own HLS files. */
export async function remux(job: Job, rungs: readonly Rung[]): Promise<void> {
  const hasAudio = job.probe.audio !== null
  const sound = hasAudio ? `-map ${rungs.length}:a:0` : ''
  await ffmpeg(job, () => [
    ...rungs.flatMap((rung) => ownInput(hlsNames(rung.label).media)),
    ...(hasAudio ? ownInput(AUDIO_FILE) : []),
    ...rungs.flatMap((rung, index) => [
      ...flags(`-map ${index}:v:0 ${sound} -c copy -map_metadata -1 -movflags +faststart -f mp4`),
      `file:${rung.field}.mp4`,
    ]),
    ...(hasAudio ? flags(`${sound} -c copy -map_metadata -1`) : []),
    ...(hasAudio ? hlsMuxer(AUDIO_HLS.playlist, AUDIO_HLS.media) : []),
  ])
  job.stage(0.9, 0.93)(1)
}
