/** How closing slow attempts turns lost SYNs into failures: Node.js. */
import { percentOf } from './figures.ts';
import type { Pack, PackClient, Target } from './pack.ts';
import { scenarioOf, zoneOf } from './scenario-of.ts';

/** SYNs lost during the burst: with an attempt of 500 ms, less than the 1 s to the second SYN, every one is a failure. */
const LOST = 0.41;
const SOURCE = 'an operator’s report to Node.js: 70 tries in one burst, 41 % failed with 500 ms, 4.3 % with 3000 ms, 5.7 % with the feature off; third-party';

export const NODE_ABANDON: Pack = {
  name: 'node-abandon',
  about: 'A dual-stack name asked for by a host without IPv6 beyond its own network, while SYNs are lost in a burst.',
  inputs: [
    { figure: '41 % of SYNs lost, each for itself', source: `the first of the three shares of ${SOURCE}` },
    { figure: 'SYNs repeated after 1, 2, 3, 4 and 5 times 1024 ms', source: 'Linux, measured' },
    { figure: 'a round trip of 30 ms; the application gives up after 10 s', source: 'ours' },
  ],
  networks: 3000,
  isDrawn: true,
  scenario: (_, draw) => {
    // A rule for as many first SYNs as are lost in a row.
    let lost = 0;
    while (lost < 12 && draw.chance(LOST)) lost++;
    return scenarioOf({
      name: 'node-abandon',
      durationMs: 10_000,
      // No IPv6 source: RFC 6724 puts IPv4 first, and its attempt is the one with a time limit.
      client: { sources: ['198.51.100.7'] },
      link: { rttMs: 30 },
      dns: { servers: [{ address: '198.51.100.1' }], zone: zoneOf([['api.example', 'A', '203.0.113.1'], ['api.example', 'AAAA', '2001:db8::1']]) },
      network: { rules: [{ to: ['2001:db8::1'], action: 'unreachable' }, ...(lost === 0 ? [] : [{ to: ['203.0.113.1'], packets: 'syn', action: 'drop', times: lost } as const])] },
      servers: [{ addresses: ['203.0.113.1'], port: 443, protocols: ['http/1.1'], names: ['api.example'], issuer: 'root' }],
      requests: [{ url: 'https://api.example/' }],
    });
  },
  targets: [
    // 95 % intervals of shares of 70 tries (Clopper and Pearson).
    failures('500 ms for each attempt', { profile: 'node-20', overrides: { connectionAttemptDelayMs: 500 } }, 41, [29.8, 53.8], 'input'),
    failures('3000 ms for each attempt', { profile: 'node-20', overrides: { connectionAttemptDelayMs: 3000, maximumConnectionAttemptDelayMs: 3000 } }, 4.3, [0.9, 12], 'mechanism'),
    failures('one address after the other', { profile: 'none' }, 5.7, [1.6, 14], 'mechanism', 'the report does not say when its application gave up: after 3 s it would be as with 3000 ms, after 10 s a lost SYN is repeated three times'),
  ],
};

function failures(what: string, client: PackClient, published: number, within: readonly [number, number], restsOn: Target['restsOn'], unless?: string): Target {
  return { what: `failures with ${what}`, source: SOURCE, published, within, unit: '%', restsOn, simulated: (runs) => percentOf(runs(client), ({ outcome }) => outcome.connection === undefined), ...(unless !== undefined && { unless }) };
}
