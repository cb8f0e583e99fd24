/**
 * The simulator against the wire: each sample's `scenario.yaml` describes the network in which the browser ran, and
 * the engine under the same profile has to do in it what the browser did.
 *
 * Held against each other are the distinct queries, the distinct endpoints tried and when each was first tried, and
 * the connection that served each name first. Left out is what depends on single milliseconds (second sockets to one
 * address) and what no NetLog shows (queries of the system resolver).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withOverrides } from '../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import { logSimulation } from '../../src/simulator/log-simulation.ts';
import { readScenario } from '../../src/simulator/scenario/read-scenario.ts';
import type { Scenario } from '../../src/simulator/scenario/scenario.ts';
import { SAMPLES, type Truth, type WireConnection, readTruth, samplesWithTruth } from './truth.ts';

/** A start may differ by this much, or by a twentieth of the time since the first query if that is more. */
const TOLERANCE = 15;

const scenarioOf = (sample: string): string => join(SAMPLES, sample, 'scenario.yaml');

const SCENARIOS = samplesWithTruth().filter((sample) => existsSync(scenarioOf(sample)))
  .map((sample) => ({ sample, scenario: readScenario(readFileSync(scenarioOf(sample), 'utf8'), scenarioOf(sample)) }))
  .filter(({ scenario }) => scenario.comparable);

function simulated({ profile = '', overrides, seed, ...scenario }: Scenario): Trace {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  const model = createModel();
  logSimulation({ profile, overrides, seed, ...scenario }, { parameters: withOverrides(parameters, overrides), seed, version: '0', subject: scenario.name }, model);
  return model.trace();
}

/** First time of each key, from `zero` on. */
function firstTimes(starts: readonly (readonly [key: string, at: number])[], zero: number): Map<string, number> {
  const first = new Map<string, number>();
  for (const [key, at] of starts) first.set(key, Math.min(first.get(key) ?? Infinity, at - zero));
  return first;
}

function simulatedStarts({ races, resolutions }: Trace): { queries: Set<string>; attempts: Map<string, number> } {
  const transactions = resolutions.flatMap((resolution) => resolution.transactions);
  const attempts = races.flatMap((race) => race.attempts.map(({ transport, ipEndpoint, startMs }) => [`${transport} ${ipEndpoint}`, startMs] as const));
  const zero = Math.min(...resolutions.map(({ startMs }) => startMs), ...attempts.map(([, at]) => at));
  return { queries: new Set(transactions.map(({ name, type }) => `${name} ${type}`)), attempts: firstTimes(attempts, zero) };
}

function wireStarts({ queries, connections }: Truth): { queries: Set<string>; attempts: Map<string, number> } {
  const attempts = connections.flatMap(({ transport, ipEndpoint, start }) => (start === undefined ? [] : [[`${transport} ${ipEndpoint}`, start] as const]));
  const zero = Math.min(...queries.map(({ sent }) => sent), ...attempts.map(([, at]) => at));
  return { queries: new Set(queries.map(({ name, type }) => `${name} ${type}`)), attempts: firstTimes(attempts, zero) };
}

/** Of each host that a request named on the wire, the first connection that carried one. */
function wireWinners({ connections }: Truth): Map<string, WireConnection> {
  const winners = new Map<string, WireConnection>();
  for (const connection of connections.toSorted((a, b) => (a.firstRequest ?? Infinity) - (b.firstRequest ?? Infinity))) {
    if (connection.firstRequest === undefined) continue;
    const hosts = connection.requestHosts.length > 0 ? connection.requestHosts : [connection.sni ?? ''];
    for (const host of hosts) if (!winners.has(host)) winners.set(host, connection);
  }
  return winners;
}

/** By its session, or, over HTTP/1.1, which has none, by its race. */
function simulatedWinner({ requests, sessions, races }: Trace, host: string): string {
  const served = requests.filter(({ url, status }) => status !== undefined && new URL(url ?? '').hostname.replace(/^\[|\]$/g, '') === host);
  const [first] = served.toSorted((a, b) => a.startMs - b.startMs);
  const session = sessions.find(({ id }) => id === first?.sessionId);
  const winner = races.find(({ id }) => id === first?.raceId)?.winner;
  return `${session?.ipEndpoint ?? winner?.ipEndpoint} ${first?.alpn ?? session?.protocol ?? 'http/1.1'}`;
}

describe.each(SCENARIOS)('the engine in the network of $sample', ({ sample, scenario }) => {
  const truth = readTruth(sample);
  const trace = simulated(scenario);
  const [simulation, wire] = [simulatedStarts(trace), wireStarts(truth)];

  it.skipIf(scenario.overrides['builtInResolver'] === false)('asks what the browser asked', () => {
    expect([...simulation.queries].toSorted()).toEqual([...wire.queries].toSorted());
  });

  it('tries what the browser tried, at the same time', () => {
    expect([...simulation.attempts.keys()].toSorted()).toEqual([...wire.attempts.keys()].toSorted());
    for (const [endpoint, at] of wire.attempts) {
      const off = Math.abs((simulation.attempts.get(endpoint) ?? Infinity) - at);
      expect(off, `${endpoint}: ${simulation.attempts.get(endpoint)} ms, on the wire ${at} ms`).toBeLessThanOrEqual(Math.max(TOLERANCE, at / 20));
    }
  });

  it('is served as the browser was', () => {
    for (const [host, { ipEndpoint, alpn }] of wireWinners(truth)) {
      if (host === '') continue;
      expect(simulatedWinner(trace, host), host).toBe(`${ipEndpoint} ${alpn === 'plain http' ? 'http/1.1' : alpn}`);
    }
  });
});
