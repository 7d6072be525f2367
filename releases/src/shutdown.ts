import { once } from 'node:events'

/** SIGTERM or SIGINT, once; a second one ends the process at once, and the next start recovers. */
export async function stopSignal(): Promise<string> {
  const signals = ['SIGINT', 'SIGTERM']
  const signal = await Promise.race(signals.map((name) => once(process, name).then(() => name)))
  for (const name of signals) process.once(name, () => process.exit(1))
  return signal
}
