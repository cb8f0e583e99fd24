/** Networks that block or thin out UDP: T-6. */
import { percentOf } from './figures.ts';
import type { Pack, PackRequest, Target } from './pack.ts';
import { scenarioOf, zoneOf } from './scenario-of.ts';

const NETWORKS = 1000;
const SOURCE = 'Langley and others, SIGCOMM 2017, section 7.2: clients of November 2016';
const BLOCKED = 44;
const LIMITED = 3;

export const UDP_BLOCKING: Pack = {
  name: 'udp-blocking',
  about: 'A visit to a site that speaks HTTP/3, 40 ms away: from 44 of 1000 networks without UDP, and 3 that let one packet in two seconds through.',
  inputs: [
    { figure: '4.4 % of networks block UDP or its large packets, 0.3 % limit its rate', source: SOURCE },
    { figure: 'what a limit is: no answer within the first two seconds', source: 'ours' },
  ],
  networks: NETWORKS,
  isDrawn: false,
  // Every network in its place, not drawn: the shares are inputs, and come out exactly.
  scenario: (n) => scenarioOf({
    name: 'udp-blocking',
    durationMs: 30_000,
    client: { sources: ['198.51.100.7', '2001:db8:ffff::7'] },
    link: { rttMs: 40 },
    dns: { servers: [{ address: '198.51.100.1' }], zone: zoneOf([['h3.example', 'A', '203.0.113.1'], ['h3.example', 'AAAA', '2001:db8::1'], ['h3.example', 'HTTPS', '1 . alpn="h3,h2"']]) },
    network: { rules: n < BLOCKED ? [{ transport: 'udp', port: 443, action: 'drop' }] : n < BLOCKED + LIMITED ? [{ transport: 'udp', port: 443, direction: 'fromServer', action: 'drop', untilMs: 2000 }] : [] },
    servers: [{ addresses: ['203.0.113.1', '2001:db8::1'], port: 443, protocols: ['h3'], names: ['h3.example'], issuer: 'root' }, { addresses: ['203.0.113.1', '2001:db8::1'], port: 443, protocols: ['h2', 'http/1.1'], names: ['h3.example'], issuer: 'root' }],
    requests: [{ url: 'https://h3.example/' }],
  }),
  targets: [
    target('served over HTTP/3 by a client with TCP to fall back on', 95.3, 'draft-v3', {}, isOverQuic),
    target('not reached by a client of HTTP/3 alone with 3 s of patience', 4.4, 'draft-v3', alone(3000), isUnreached),
    target('reached by that client, but late', 0.3, 'draft-v3', alone(3000), isLate),
  ],
};

/** TCP is offered nowhere in time: the attempt delay is longer than the race. */
function alone(raceTimeoutMs: number): Readonly<Record<string, number>> {
  return { connectionAttemptDelayMs: 100_000, maximumConnectionAttemptDelayMs: 100_000, raceTimeoutMs };
}

function target(what: string, published: number, profile: string, overrides: Readonly<Record<string, number>>, fits: (request: PackRequest) => boolean): Target {
  return { id: 'T-6', what, source: SOURCE, published, within: [published - 0.05, published + 0.05], unit: '%', restsOn: 'input', simulated: (runs) => percentOf(runs({ profile, overrides }), fits) };
}

function isOverQuic({ outcome: { connection } }: PackRequest): boolean {
  return connection?.endpoint.transport === 'quic';
}

function isUnreached({ outcome: { connection } }: PackRequest): boolean {
  return connection === undefined;
}

function isLate({ outcome: { connection } }: PackRequest): boolean {
  return connection !== undefined && connection.afterMs > 1000;
}
