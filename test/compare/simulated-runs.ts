/** Runs of simulated clients, through the same analysis as any log. */
import { runOfReport } from '../../src/report/run-of-report.ts';
import type { Run } from '../../src/compare/run.ts';
import { withOverrides } from '../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import { computeMetrics } from '../../src/metrics/all-metrics.ts';
import { createModel } from '../../src/model/model.ts';
import { logSimulation } from '../../src/simulator/log-simulation.ts';
import { readScenario } from '../../src/simulator/scenario/read-scenario.ts';
import { aReport } from '../report/builders.ts';

/** IPv6 is dead, and every packet takes a little longer or shorter. */
const BROKEN_IPV6 = `
version: 1
name: broken-ipv6
link: {rttMs: 20, jitterMs: 8}
dns:
  servers: [{address: 10.0.0.53}]
  zone: |
    a.test. 60 IN A    10.0.0.1
    a.test. 60 IN AAAA 2001:db8::1
network:
  rules:
    - {to: ["2001:db8::1"], action: drop}
servers:
  - {addresses: [10.0.0.1, "2001:db8::1"], port: 443, protocols: [h2], names: [a.test], issuer: ca}
requests:
  - {atMs: 0, url: "https://a.test/"}
`;
const scenario = readScenario(BROKEN_IPV6, 'broken-ipv6.yaml');

/** One run of the draft's client with this connection attempt delay. */
export function simulatedRun(seed: number, connectionAttemptDelayMs: number): Run {
  const profile = PROFILES['draft-v3'];
  if (profile === undefined) throw new Error('expected the profile of the draft');
  const model = createModel();
  logSimulation(scenario, { parameters: withOverrides(profile, { connectionAttemptDelayMs }), seed, version: '0', subject: 'test' }, model);
  const trace = model.trace();
  const { resolutions, races, requests, sessions } = trace;
  const report = aReport({ resolutions: [...resolutions], races: [...races], requests: [...requests], sessions: [...sessions], metrics: computeMetrics(trace), trace: { raceEngines: [...trace.raceEngines] } });
  return runOfReport(report, `seed-${seed}.json`);
}

export function simulatedRuns(count: number, firstSeed: number, connectionAttemptDelayMs: number): Run[] {
  return Array.from({ length: count }, (_, i) => simulatedRun(firstSeed + i, connectionAttemptDelayMs));
}
