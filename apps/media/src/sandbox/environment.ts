/**
 * All of the environment that a tool sees. `GCONV_PATH` leads nowhere because the statically linked ffprobe from npm
 * crashes when it loads the system's character sets, which it does for the service names of transport streams.
 */
export const TOOL_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/bin:/bin',
  GCONV_PATH: '/nonexistent',
}
