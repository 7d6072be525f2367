import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { isPublicAddress } from './addresses.ts'
import { checkOutboundUrl } from './check-url.ts'

const blockedHosts =
  `127.0.0.1 127.1 2130706433 0x7f000001 0 0177.0.0.1 [::1] [::ffff:127.0.0.1] [64:ff9b::7f00:1] [::] [::127.0.0.1]
  169.254.169.254 169.254.170.2 168.63.129.16 100.64.0.1 100.100.100.200 10.0.0.1 10.255.255.255 172.16.0.1 172.31.9.9
  192.168.1.1 198.18.0.1 198.19.255.255 192.0.0.192 192.0.2.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  [fe80::1] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [2002:7f00:1::] [2001:0:7f00:1::] [2001:db8::1] [4000::1]
  [::ffff:8.8.8.8] localhost LOCALHOST localhost. a.localhost printer.local metadata.google.internal postgres
  127.0.0.1. 0x7f.0.0.1. ①②⑦.0.0.1 127。0。0。1 %31%32%37.0.0.1`.split(/\s+/)

for (const host of blockedHosts)
  test(`AB51 ${host} is refused when it is saved`, () => {
    assert.deepEqual(checkOutboundUrl(`https://${host}/hook`), { ok: false, reason: 'blocked_address' })
    assert.equal(checkOutboundUrl(`https://${host}:5432/hook`).ok, false)
  })

const malformed: [string, string][] = [
  ['https://127..1/', 'malformed'],
  ['https://127.0.0.1%lo/', 'malformed'],
  ['https://10.0.0.1/8', 'blocked_address'],
  ['https://256.1.1.1/', 'malformed'],
  ['https://[::1%25lo]/', 'malformed'],
  ['https://hook.example.com\\@127.0.0.1/', 'malformed'],
  ['https://hook.example.com/\r\nX: 1', 'malformed'],
  ['https://hook.exa\tmple.com/', 'malformed'],
  ['https://hook.example.com/%0d%0aX:1', 'malformed'],
  ['https://hook.example.com/?%00', 'malformed'],
  [`https://hook.example.com/${'a'.repeat(2048)}`, 'malformed'],
  ['/relative', 'malformed'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://hook.example.com/', 'scheme'],
  ['data:text/plain,x', 'scheme'],
  ['http://hook.example.com/', 'scheme'],
  ['https://user:pw@hook.example.com/', 'credentials'],
  ['https://hook.example.com:22/', 'port'],
  ['https://hook.example.com:25/', 'port'],
  ['https://hook.example.com:11211/', 'port'],
]

for (const [url, reason] of malformed)
  test(`AB52 AB55 ${JSON.stringify(url.slice(0, 60))} is refused as ${reason}`, () => {
    assert.deepEqual(checkOutboundUrl(url), { ok: false, reason })
  })

test('a public name or address on an allowed port is accepted as the parser spells it', () => {
  const good = ['https://hook.example.com/x?y=1', 'https://8.8.8.8:8443/', 'https://[2606:4700::1111]:80/']
  for (const text of [...good, 'https://bücher.example/']) {
    const check = checkOutboundUrl(text)
    assert.equal(check.ok, true, text)
  }
})

test('the loopback exception opens loopback and nothing else', () => {
  const rules = { allowInsecureLoopback: true }
  for (const url of [
    'http://127.0.0.1:9000/',
    'http://localhost:9000/x',
    'http://[::1]:1/',
    'https://127.9.9.9/',
  ])
    assert.equal(checkOutboundUrl(url, rules).ok, true, url)
  for (const url of [
    'http://10.0.0.1:9000/',
    'http://hook.example.com/',
    'https://169.254.169.254/',
    'ftp://localhost/',
  ])
    assert.equal(checkOutboundUrl(url, rules).ok, false, url)
})

const blockedRanges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

const blockedAddress = fc
  .tuple(fc.constantFrom(...blockedRanges), fc.nat({ max: 2 ** 31 - 1 }), fc.boolean())
  .map(([range, low, high]) => {
    const [network, bits] = ipaddr.IPv4.parseCIDR(range)
    const [a = 0, b = 0, c = 0, d = 0] = network.octets
    const host = (low * 2 + Number(high)) % 2 ** (32 - bits)
    return ((a << 24) | (b << 16) | (c << 8) | d) + host
  })
  .map((number) => number >>> 0)

/** Each way that the URL standard lets one write the same IPv4 address. */
const spellings: ((n: number) => string)[] = [
  (n) => octets(n).join('.'),
  (n) => String(n),
  (n) => `0x${n.toString(16)}`,
  (n) => `0${n.toString(8)}`,
  (n) =>
    octets(n)
      .map((part) => `0x${part.toString(16)}`)
      .join('.'),
  (n) =>
    octets(n)
      .map((part) => `0${part.toString(8)}`)
      .join('.'),
  (n) => `${n >>> 24}.${n & 0xffffff}`,
  (n) => `${n >>> 24}.${(n >>> 16) & 0xff}.${n & 0xffff}`,
  (n) => `${octets(n).join('.')}.`,
  (n) => `[::ffff:${octets(n).join('.')}]`,
  (n) => `[64:ff9b::${hextets(n)}]`,
  (n) => `[2002:${hextets(n)}::1]`,
  (n) => `[0:0:0:0:0:ffff:${hextets(n)}]`,
  (n) => `[::${hextets(n)}]`,
]

test('AB51 no spelling of a blocked address is accepted', () => {
  fc.assert(
    fc.property(blockedAddress, fc.constantFrom(...spellings), (number, spell) => {
      assert.equal(checkOutboundUrl(`https://${spell(number)}/`).ok, false)
    }),
    { numRuns: 2000 },
  )
})

test('AB51 a resolver answer is judged the same however it is written, and text is never an address', () => {
  fc.assert(
    fc.property(blockedAddress, (number) => {
      assert.equal(isPublicAddress(octets(number).join('.')), false)
      assert.equal(isPublicAddress(`::ffff:${hextets(number)}`), false)
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => assert.equal(isPublicAddress(`${text}!`), false)))
  assert.deepEqual(['8.8.8.8', '2606:4700::1111', 'fe80::1%eth0', '127.1', ''].map(isPublicAddress), [
    true,
    true,
    false,
    false,
    false,
  ])
})

function octets(n: number) {
  return [n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]
}

function hextets(n: number) {
  return `${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}`
}
