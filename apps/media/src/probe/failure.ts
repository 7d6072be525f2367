import { MediaError, type MediaErrorCode } from '../errors.ts'

/** What ffmpeg 2018 to 8 print, and what it means; the first match wins. */
const MEANINGS: readonly (readonly [RegExp, MediaErrorCode, string])[] = [
  [/max_streams/, 'too_many_streams', 'The file holds more tracks than we accept.'],
  [
    /exceeds specified max pixel count|Picture size \S+ is invalid|dimensions .* too large/i,
    'too_large',
    'The picture is larger than we accept.',
  ],
  [
    /Cannot allocate memory|max_alloc|std::bad_alloc/i,
    'too_large',
    'The file needs more memory than we allow.',
  ],
  [
    /[Cc]odec \(\S+\) not on whitelist|Decoder .* not found|Unknown decoder|no decoder found/,
    'unsupported_codec',
    'The file uses a codec we do not accept.',
  ],
  [/[Ff]ormat not on whitelist/, 'unsupported_format', 'This kind of file is not accepted.'],
  [/File size limit exceeded|No space left on device/, 'output_too_large', 'There is not enough disk space.'],
]

/** Turns what a failed run printed into a typed error; unknown complaints mean the file is damaged. */
export function failureFrom(stderr: string): MediaError {
  const cause = new Error(stderr.trim().slice(-2_000))
  for (const [pattern, code, message] of MEANINGS) {
    if (pattern.test(stderr)) return new MediaError(code, message, { cause })
  }
  return new MediaError('corrupt', 'The file is damaged or incomplete.', { cause })
}

/** The typed error in what a run printed though it claimed success, if there is one. */
export function hiddenFailure(stderr: string): MediaError | null {
  const found = failureFrom(stderr)
  return found.code === 'corrupt' ? null : found
}
