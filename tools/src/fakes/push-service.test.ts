import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createSender } from '@rushes/events'
import { createPusher, createVapidKeys, type PushTransport } from '@rushes/push'
import { pushService } from './push-service.ts'

const sender = createSender({ allowInsecureLoopback: true })
const send: PushTransport = (request) => sender.send(request)
after(() => sender[Symbol.asyncDispose]())

const config = { vapid: createVapidKeys(), contact: 'mailto:ops@example.com', send }
const message = { title: 'Ana', body: 'Zu dunkel – schöner?', url: 'https://r.example/a/1', tag: 'asset:1' }

test('the browser that subscribed can read the message, and only it', async () => {
  await using service = await pushService()
  const pusher = createPusher(config)
  assert.deepEqual(await pusher.push(service.subscribe(), { ...message, urgency: 'high' }), {
    outcome: 'sent',
  })
  const [got] = service.received
  assert.deepEqual(JSON.parse(got?.payload ?? ''), message)
  assert.deepEqual([got?.ttl, got?.urgency, got?.topic?.length], [86_400, 'high', 32])

  const swapped = { ...service.subscribe(), keys: service.subscribe().keys }
  assert.deepEqual(await pusher.push(swapped, message), { outcome: 'refused' })
  assert.equal(service.received.length, 1)
})

test('the service refuses who is not who they say', async () => {
  await using service = await pushService()
  const subscription = service.subscribe()
  const mallory = createVapidKeys()
  const mixed = { ...config, vapid: { publicKey: config.vapid.publicKey, privateKey: mallory.privateKey } }
  assert.deepEqual(await createPusher(mixed).push(subscription, message), { outcome: 'refused' })
  const elsewhere: PushTransport = (request) =>
    send({ ...request, url: request.url.replace('http://elsewhere.example', service.url) })
  const relayed = {
    ...subscription,
    endpoint: subscription.endpoint.replace(service.url, 'http://elsewhere.example'),
  }
  assert.deepEqual(await createPusher({ ...config, send: elsewhere }).push(relayed, message), {
    outcome: 'refused',
  })
  assert.equal(service.received.length, 0)
})

test('a browser that is gone and a service that is busy are told apart', async () => {
  await using service = await pushService()
  const subscription = service.subscribe()
  const pusher = createPusher(config)
  service.answers.push({ status: 429, headers: { 'retry-after': '7' } })
  assert.deepEqual(await pusher.push(subscription, message), { outcome: 'later', afterSeconds: 7 })
  service.unsubscribe(subscription.endpoint)
  assert.deepEqual(await pusher.push(subscription, message), { outcome: 'gone' })
  assert.equal(service.received.length, 0)
})
