export { createHealth, type Health, type Readiness } from './health.ts'
export { configureLogs, type Log, type LogFields, type LogLevel, type LogsConfig, logger } from './log.ts'
export { type MetricTags, metrics, metricsText } from './metrics.ts'
export { redact } from './redact.ts'
