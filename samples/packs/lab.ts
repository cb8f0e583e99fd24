/** A laboratory of two hosts, as measurements of single clients use: one name, one server, a link of 1 ms. */
import type { Scenario } from '../../src/simulator/scenario/scenario.ts';
import { type DnsRule, type NetworkRule, scenarioOf, zoneOf } from './scenario-of.ts';

export interface Lab {
  readonly dnsRules?: readonly DnsRule[];
  readonly rules?: readonly NetworkRule[];
}

export const LAB_IPV6 = '2001:db8::1';

export function labOf({ dnsRules = [], rules = [] }: Lab): Scenario {
  const addresses = ['203.0.113.1', LAB_IPV6];
  return scenarioOf({
    name: 'lab',
    durationMs: 30_000,
    client: { sources: ['203.0.113.100', '2001:db8::100'] },
    link: { rttMs: 1 },
    dns: { servers: [{ address: '203.0.113.53' }], zone: zoneOf([['lab.example', 'A', '203.0.113.1'], ['lab.example', 'AAAA', LAB_IPV6]]), rules: dnsRules },
    network: { rules },
    servers: [{ addresses, port: 443, protocols: ['h2', 'http/1.1'], names: ['lab.example'], issuer: 'root' }],
    requests: [{ url: 'https://lab.example/' }],
  });
}
