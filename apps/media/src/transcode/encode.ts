import { flags } from '../flags.ts'
import type { AudioFacts, Probe, Rotation, VideoFacts } from '../probe/probe-result.ts'
import { formatRational, type Rational, toNumber } from '../rational.ts'
import { guardedInput } from '../whitelists.ts'
import { ffmpeg, type Job } from './job.ts'
import type { Rung } from './ladder.ts'
import { progressReader } from './progress.ts'

/** The one audio encode of a job, shared by every rendition. */
export const AUDIO_FILE = 'audio.m4a'
const M4A = flags(`-movflags +faststart -f mp4 file:${AUDIO_FILE}`)
/** Length of an HLS segment in seconds, at least; segments end at a key frame. */
const SEGMENT_SECONDS = 4

const UPRIGHT: Record<Rotation, string[]> = {
  0: [],
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
}

/** Frames between key frames: a second's worth, so that a seek decodes little. */
export function gopFrames(rate: Rational): number {
  return Math.max(1, Math.round(toNumber(rate)))
}

/** Names of a rung's HLS files. */
export function hlsNames(label: string): { playlist: string; media: string } {
  return { playlist: `hls_${label}.m3u8`, media: `hls_${label}.m4s` }
}

/**
 * Decodes the source once and encodes each rung once, as single-file fragmented MP4 with its HLS playlist, plus the
 * audio as one M4A. There are no B-frames and no audio in the video files: nothing shifts their first frame off 0.
 */
export async function encode(job: Job, rungs: readonly Rung[]): Promise<void> {
  const { probe } = job
  const total = probe.video
    ? ({ key: 'frame', value: probe.video.frames } as const)
    : ({ key: 'out_time_ms', value: toNumber(probe.duration) * 1e6 } as const)
  await ffmpeg(job, ({ source }) => [...encodeInput(job, source), ...encodeOutputs(probe, rungs)], {
    readsSource: true,
    onOutput: progressReader(total, job.stage(0, 0.9)),
  })
}

/** H.264 settings of one rung, written as HLS. Exported for the benchmark, whose floor runs them by hand. */
export function videoOutput(rung: Rung, rate: Rational): string[] {
  const { playlist, media } = hlsNames(rung.label)
  const gop = gopFrames(rate)
  return [
    ...flags('-map_metadata -1 -c:v libx264 -preset veryfast -crf 21 -profile:v high'),
    ...flags(`-maxrate ${rung.maxBitrate} -bufsize ${rung.maxBitrate * 2}`),
    ...flags(`-bf 0 -g ${gop} -keyint_min ${gop} -sc_threshold 0`),
    ...hlsMuxer(playlist, media),
  ]
}

/** AAC settings; also exported for the benchmark. */
export function audioOutput(channels: number): string[] {
  return flags(`-map_metadata -1 -c:a aac -b:a 160k -ar 48000 -ac ${Math.min(2, Math.max(1, channels))}`)
}

/** Options that write one HLS playlist over one fragmented MP4 file, addressed by byte ranges. */
export function hlsMuxer(playlist: string, media: string): string[] {
  return [
    ...flags(`-f hls -hls_time ${SEGMENT_SECONDS} -hls_list_size 0 -hls_playlist_type vod`),
    ...flags('-hls_segment_type fmp4 -hls_flags single_file -hls_segment_filename'),
    ...[media, `file:${playlist}`],
  ]
}

/** The input is moved so that its first frame, not its first sound, is time 0. */
function encodeInput(job: Job, source: string): string[] {
  const { probe, limits } = job
  const shift = (-(probe.video?.startSeconds ?? 0)).toFixed(6)
  return [
    ...flags('-progress pipe:1 -threads 2 -noautorotate'),
    ...(probe.lossyEdges ? [] : ['-xerror']),
    ...['-itsoffset', shift],
    ...guardedInput(probe.demuxer, source, limits.source.videoPixels, limits.source),
  ]
}

function encodeOutputs({ video, audio }: Probe, rungs: readonly Rung[]): string[] {
  const graphs = [video ? [videoGraph(video, rungs)] : [], audio ? [audioGraph(audio)] : []].flat()
  const pictures = video
    ? rungs.flatMap((rung) => ['-map', `[v${rung.label}]`, ...videoOutput(rung, video.frameRate)])
    : []
  const sound = audio ? ['-map', '[audio]', ...audioOutput(audio.channels), ...M4A] : []
  return ['-filter_complex', graphs.join(';'), ...pictures, ...sound]
}

/** One frame for each place at the exact rate, upright, then a copy for each rung. */
function videoGraph(video: VideoFacts, rungs: readonly Rung[]): string {
  const steady = `fps=fps=${formatRational(video.frameRate)}:round=near`
  const chain = [
    ...(video.interlaced ? ['yadif=0:-1:1'] : []),
    ...[steady, ...UPRIGHT[video.rotation], `split=${rungs.length}`],
  ]
  const scales = rungs.map(
    ({ label, width, height }) =>
      `[s${label}]scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p[v${label}]`,
  )
  const copies = rungs.map(({ label }) => `[s${label}]`).join('')
  return [`[0:${video.streamIndex}]${chain.join(',')}${copies}`, ...scales].join(';')
}

/** Fills or trims the beginning of the sound, so that it starts with the first frame. */
function audioGraph(audio: AudioFacts): string {
  return `[0:${audio.streamIndex}]aresample=48000:async=1:first_pts=0[audio]`
}
