import { totalmem } from 'node:os'

const MIB = 1024 * 1024

/**
 * The server's settings as `name=value`. Commits are durable: `durable: false` is for throw-away servers of tests only.
 */
export function settings({ port, durable }: { port: number; durable: boolean }): string[] {
  const on = durable ? 'on' : 'off'
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=120',
    `fsync=${on}`,
    `full_page_writes=${on}`,
    `synchronous_commit=${on}`,
    `shared_buffers=${sharedBuffersMib()}MB`,
    'work_mem=8MB',
    'maintenance_work_mem=64MB',
    'max_wal_size=1GB',
    'wal_compression=on',
    'jit=off',
    // The container default of 64 MiB /dev/shm is too small for Postgres' parallel queries.
    'max_parallel_workers_per_gather=0',
    'timezone=UTC',
    'log_timezone=UTC',
    'lc_messages=C',
    'log_checkpoints=off',
  ]
}

/** A thirty-second of the machine's memory, from 64 to 512 MiB: Node and ffmpeg need the rest. */
function sharedBuffersMib(): number {
  return Math.round(Math.min(512, Math.max(64, totalmem() / MIB / 32)))
}
