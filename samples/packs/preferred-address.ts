/** QUIC connections that move to their server's preferred address: T-8. */
import { percentOf } from './figures.ts';
import type { Pack, PackClient, Runs, Target } from './pack.ts';
import { scenarioOf, zoneOf } from './scenario-of.ts';

const SOURCE = 'Chromium’s blog, 17 December 2024: Media CDN';

export const PREFERRED_ADDRESS: Pack = {
  name: 'preferred-address',
  about: 'A page application whose server, at the edge of its operator’s network, prefers the address of a cache within the client’s own network.',
  inputs: [
    { figure: 'round trip to the edge: log-normal, median 39 ms, 80 % below 78 ms', source: 'Schlinker and others, IMC 2019; the 80 % from memory' },
    { figure: 'round trip within the access network: log-normal, median 12 ms for fibre, 18 for cable, 35 for DSL, σ 0.3', source: 'FCC, Measuring Broadband America, reports of 2021 and 2022, from memory and rounded; σ ours' },
    { figure: 'fibre 40, cable 50, DSL 10 %', source: 'ours' },
    { figure: 'new paths that answer nothing: 0.2 %', source: 'APNIC 2016, IPv4 handshakes that never end' },
  ],
  networks: 3000,
  isDrawn: true,
  scenario: (_, draw) => {
    const access = draw.among([[0.4, 12], [0.5, 18], [0.1, 35]]);
    const near = draw.logNormal(access, 0.3);
    // What is beyond the access network comes on top of it.
    const far = Math.max(near, draw.logNormal(39, Math.log(2) / 0.8416));
    const isDead = draw.chance(0.002);
    return scenarioOf({
      name: 'preferred-address',
      durationMs: 30_000,
      client: { sources: ['198.51.100.7'], ipv6: false },
      link: { rttMs: near },
      dns: { servers: [{ address: '198.51.100.1' }], zone: zoneOf([['app.example', 'A', '203.0.113.1'], ['app.example', 'HTTPS', '1 . alpn="h3"']]) },
      network: { rules: [{ to: ['203.0.113.1'], direction: 'fromServer', action: 'delay', delayMs: far - near }, ...(isDead ? [{ to: ['203.0.113.50'], action: 'drop' } as const] : [])] },
      servers: [{ addresses: ['203.0.113.1'], port: 443, protocols: ['h3'], names: ['app.example'], issuer: 'root', preferredAddress: { ipv4: '203.0.113.50:443' } }],
      requests: [{ url: 'https://app.example/' }, { afterPrevious: true, delayMs: 3000, url: 'https://app.example/data' }],
    });
  },
  targets: [
    target('connections that move', 99, [99, 100], (runs) => percentOf(runs(MOVES), ({ hasMigrated }) => hasMigrated)),
    target('mean round trip spared', 60, [40, 80], (runs) => 100 * (1 - meanLater(runs, MOVES) / meanLater(runs, STAYS))),
  ],
};

const MOVES: PackClient = { profile: 'chromium-hev3' };
const STAYS: PackClient = { profile: 'chromium-hev3', overrides: { migratesToPreferredAddress: false } };

/** Of the second requests, which take one round trip on the path in use by then; in ms. */
function meanLater(runs: Runs, client: PackClient): number {
  const times = runs(client).flatMap(({ outcome: { beganAtMs, ended } }, i) => (i % 2 === 0 || ended?.state !== 'done' ? [] : [ended.atMs - beganAtMs]));
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

function target(what: string, published: number, within: readonly [number, number], simulated: Target['simulated']): Target {
  return { id: 'T-8', what, source: SOURCE, published, within, unit: '%', restsOn: 'mechanism', simulated };
}
