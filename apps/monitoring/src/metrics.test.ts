import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metrics, metricsText } from './metrics.ts'

test('counts, gauges and timings are shown with their unit and tags', async () => {
  metrics.count('cache.hit', 1, { tier: 'memory' })
  metrics.count('cache.hit', 2, { tier: 'memory' })
  metrics.gauge('realtime.connections', 7)
  metrics.timing('http.request', 0.02, { route: '/v2/assets/:id', status: 200 })
  const text = await metricsText()
  assert.match(text, /^rushes_cache_hit_total\{tier="memory"\} 3$/m)
  assert.match(text, /^rushes_realtime_connections 7$/m)
  assert.match(
    text,
    /^rushes_http_request_seconds_bucket\{le="0.025",route="\/v2\/assets\/:id",status="200"\} 1$/m,
  )
  assert.match(text, /^rushes_process_resident_memory_bytes \d+$/m)
})
