/** The network that a scenario describes, in the form in which it is simulated. */
import type { DnsAnswer } from '../engine/dns.ts';
import type { NetworkInputs } from './network/network-inputs.ts';
import { createDnsRules, createNetworkRules } from './scenario/rule-match.ts';
import type { Scenario } from './scenario/scenario.ts';
import { type ZoneAnswer, lookup } from './scenario/zone-lookup.ts';

/** To be made anew for each run: it counts how often rules have applied. */
export function networkOf(scenario: Scenario): NetworkInputs {
  return {
    scenario,
    dnsRules: createDnsRules(scenario.dns.rules),
    networkRules: createNetworkRules(scenario.network.rules),
    dnsAnswer: (name, type) => answerOf(lookup(scenario.dns.zone, name, type)),
  };
}

function answerOf({ rcode, owner, addresses, records, ttl }: ZoneAnswer): DnsAnswer {
  switch (rcode) {
    case 'NOERROR':
      return { kind: 'answer', owner, addresses, records, ttl };
    case 'NXDOMAIN':
      return { kind: 'failure', failure: 'nxdomain' };
    case 'SERVFAIL':
      return { kind: 'failure', failure: 'servfail' };
  }
}

