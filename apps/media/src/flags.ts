/** Cuts a line of options into an argument array. For options written here, never for names or anybody's text. */
export function flags(line: string): string[] {
  return line.split(' ').filter(Boolean)
}
