/** One call for what became of the requests of a scenario. */
import { expect, it } from 'vitest';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { withOverrides } from '../../../src/engine/profiles/overrides.ts';
import { simulateRequests } from '../../../src/simulator/outcomes/simulate-requests.ts';
import { readScenario } from '../../../src/simulator/scenario/read-scenario.ts';

/** IPv6 swallows everything; 20 ms to every server, and to the name server. */
const scenario = readScenario(
  JSON.stringify({
    version: 1,
    link: { rttMs: 20 },
    client: { sources: ['192.0.2.100', '2001:db8::100'] },
    dns: { servers: [{ address: '192.0.2.53' }], zone: 'w.example. 60 IN A 192.0.2.1\nw.example. 60 IN AAAA 2001:db8::1' },
    network: { rules: [{ to: ['2001:db8::1'], action: 'drop' }] },
    servers: [{ addresses: ['192.0.2.1', '2001:db8::1'], port: 443, protocols: ['h2'], names: ['w.example'], issuer: 'root' }],
    requests: [{ url: 'https://w.example/' }, { atMs: 2000, url: 'https://w.example/again' }],
  }),
  'black hole',
);
const draft = PROFILES['draft-v3'] ?? expect.fail('no profile draft-v3');

it('tells each request in order, with times that can be reckoned by hand', () => {
  const [first, second] = simulateRequests(scenario, draft, 1);
  // DNS 20, the connection attempt delay 250, TCP 20, TLS 20.
  expect(first).toMatchObject({ url: 'https://w.example/', connection: { afterMs: 310, reused: false, endpoint: { ip: { address: '192.0.2.1' } } }, race: { started: 2 } });
  expect(second).toMatchObject({ url: 'https://w.example/again', connection: { afterMs: 0, reused: true } });
});

it('follows the parameters that it is given', () => {
  const [first] = simulateRequests(scenario, withOverrides(draft, { connectionAttemptDelayMs: 100 }), 1);
  expect(first?.connection?.afterMs).toBe(160);
});
