import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const tagNames = [
  'route',
  'method',
  'status',
  'type',
  'consumer',
  'job',
  'channel',
  'result',
  'tier',
  'reason',
] as const

/**
 * What a measurement may be told apart by. The names are a closed list and none is an id: each pair of name and value
 * is a time series that a metrics server keeps for ever.
 */
export type MetricTags = { [tag in (typeof tagNames)[number]]?: string | number }

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'rushes_' })

/** Measurements by dotted name (`events.consumer.lag`), kept in this process and read by `metricsText()`. */
export const metrics = {
  /** Adds `value` to a counter, shown as `rushes_<name>_total`. */
  count(name: string, value = 1, tags: MetricTags = {}) {
    const id = `${wireName(name)}_total`
    const counter = (registry.getSingleMetric(id) ?? new Counter(options(id, name))) as Counter
    counter.inc(tags, value)
  },
  /** Sets a level that goes up and down, shown as `rushes_<name>`. Put the unit in the name. */
  gauge(name: string, value: number, tags: MetricTags = {}) {
    const id = wireName(name)
    const gauge = (registry.getSingleMetric(id) ?? new Gauge(options(id, name))) as Gauge
    gauge.set(tags, value)
  },
  /** Records a duration in seconds, shown as the histogram `rushes_<name>_seconds`. */
  timing(name: string, seconds: number, tags: MetricTags = {}) {
    const id = `${wireName(name)}_seconds`
    const known = registry.getSingleMetric(id)
    const histogram = (known ?? new Histogram({ ...options(id, name), buckets: secondsBuckets })) as Histogram
    histogram.observe(tags, seconds)
  },
}

/** Everything measured so far in the Prometheus text format 0.0.4 (`text/plain; version=0.0.4`). */
export function metricsText(): Promise<string> {
  return registry.metrics()
}

function wireName(name: string) {
  return `rushes_${name.replaceAll(/[^a-zA-Z0-9]+/g, '_')}`
}

function options(id: string, help: string) {
  return { name: id, help, labelNames: tagNames, registers: [registry] }
}
