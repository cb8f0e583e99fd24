/** Traces of known networks: a scenario is simulated, and its log reconstructed like any other. */
import { withOverrides } from '../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import type { Parameters } from '../../src/engine/profiles/parameters.ts';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import { logSimulation } from '../../src/simulator/log-simulation.ts';
import { readScenario } from '../../src/simulator/scenario/read-scenario.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { RaceWatch, type SimulatedRace } from '../../src/whatif/race-watch.ts';

type Overrides = Readonly<Record<string, number | boolean | string>>;

export function parameters(profile: string, overrides: Overrides = {}): Parameters {
  return withOverrides(PROFILES[profile]!, overrides);
}

export function traceOf(scenario: string, profile: string, overrides: Overrides = {}): Trace {
  const model = createModel();
  logSimulation(readScenario(scenario, 'test.yaml'), { parameters: parameters(profile, overrides), seed: 1, version: '0', subject: 'test' }, model);
  return model.trace();
}

/** What really becomes of the race to this host that begins then. */
export function truthOf(scenario: string, profile: string, host = 'a.test', begins = 0): SimulatedRace {
  const watch = new RaceWatch({ host, port: 443 }, begins);
  simulate(readScenario(scenario, 'test.yaml'), parameters(profile), 1, watch);
  return watch.result();
}

/**
 * One host with an address of each family, answers and round trips of 30 ms.
 *
 * @param rules of the network, each on a line of its own. @param dns likewise. @param requests instead of one load.
 */
export function dualStack({ rules = [], dns = [], https = '', requests = ['{atMs: 0, url: "https://a.test/"}'], rttMs = 30 }: { rules?: readonly string[]; dns?: readonly string[]; https?: string; requests?: readonly string[]; rttMs?: number } = {}): string {
  const list = (items: readonly string[]): string => items.map((item) => `\n    - ${item}`).join('') || ' []';
  return `version: 1
durationMs: 180000
client: {sources: [192.0.2.254, "2001:db8::fe"], roots: [ca]}
link: {rttMs: ${rttMs}}
dns:
  servers: [{address: 192.0.2.53}]
  zone: |
    a.test. 300 IN A    192.0.2.1
    a.test. 300 IN AAAA 2001:db8::1
    ${https}
  rules:${list(dns)}
network:
  rules:${list(rules)}
servers:
  - {addresses: [192.0.2.1, "2001:db8::1"], port: 443, protocols: [h3], names: [a.test], issuer: ca, idleTimeoutMs: 1000}
  - {addresses: [192.0.2.1, "2001:db8::1"], port: 443, protocols: [h2], names: [a.test], issuer: ca}
requests:${list(requests)}
`;
}

export const V6_DEAD = '{to: ["2001:db8::1"], transport: tcp, action: drop}';
export const WITH_QUIC = 'a.test. 300 IN HTTPS 1 . alpn="h3,h2"';
