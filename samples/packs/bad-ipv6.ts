/** Networks whose IPv6 swallows everything. */
import { connected, percentOf } from './figures.ts';
import type { Pack } from './pack.ts';
import { scenarioOf, zoneOf } from './scenario-of.ts';

const SOURCE = 'APNIC, RIPE 78, 2019: sustained failures of bad networks, 6 to 10 %';

export const BAD_IPV6: Pack = {
  name: 'bad-ipv6',
  about: 'A dual-stack site without HTTP/3, 40 ms away, from networks of which 8 % have a black hole for IPv6.',
  inputs: [{ figure: '8 % of connections over IPv6 meet a black hole', source: SOURCE }],
  networks: 1000,
  isDrawn: false,
  scenario: (n) => scenarioOf({
    name: 'bad-ipv6',
    durationMs: 200_000,
    client: { sources: ['198.51.100.7', '2001:db8:ffff::7'] },
    link: { rttMs: 40 },
    dns: { servers: [{ address: '198.51.100.1' }], zone: zoneOf([['site.example', 'A', '203.0.113.1'], ['site.example', 'AAAA', '2001:db8::1']]) },
    network: { rules: n < 80 ? [{ to: ['2001:db8::1'], action: 'drop' }] : [] },
    servers: [{ addresses: ['203.0.113.1', '2001:db8::1'], port: 443, protocols: ['h2', 'http/1.1'], names: ['site.example'], issuer: 'root' }],
    requests: [{ url: 'https://site.example/' }],
  }),
  targets: [
    {
      what: 'connected over IPv6 all the same, of clients that race',
      source: SOURCE,
      published: 92,
      within: [90, 94],
      unit: '%',
      restsOn: 'input',
      simulated: (runs) => percentOf(connected(runs({ profile: 'draft-v3' })), ({ outcome }) => outcome.connection?.endpoint.ip.address.includes(':') === true),
    },
    {
      what: 'waiting for longer than 20 s without Happy Eyeballs',
      source: `${SOURCE}; the kernel’s patience on Linux as measured`,
      published: 8,
      within: [6, 10],
      unit: '%',
      restsOn: 'input',
      simulated: (runs) => percentOf(runs({ profile: 'none' }), ({ outcome }) => (outcome.connection?.afterMs ?? Infinity) > 20_000),
    },
  ],
};
