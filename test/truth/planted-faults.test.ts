/**
 * The comparison with the wire is itself put to the test: sound reports get one fault at a time, in
 * every place where the wire can tell, and each must be found.
 */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { compareWithWire } from './agreement.ts';
import { FAULTS } from './faults.ts';
import { brokenInvariants } from './invariants.ts';
import { reportOf } from './sample-reports.ts';
import { readTruth } from './truth.ts';

/** Every engine and transport; connections that win, lose, fail, and are never answered; queries lost, and over TCP. */
const PLANTED = ['svc-hev3', 'v6-blackhole-hev3', 'v6-blackhole-hev2', 'v6-blackhole-legacy', 'v6-rst-hev2', 'quic-blocked-hev3', 'quic-history-blocked-hev2', 'dns-lost1-hev3', 'dns-trunc-hev2'];

const TRUTHS = new Map(PLANTED.map((sample) => [sample, readTruth(sample)]));

function isUnnoticed(report: Report, sample: string): boolean {
  const truth = TRUTHS.get(sample);
  return truth === undefined || compareWithWire(report, truth).disagreements.length === 0;
}

describe.each(Object.entries(FAULTS))('a report in which %s', (_, plant) => {
  it('is found out, wherever that is', async () => {
    const faulty = await Promise.all(PLANTED.map(async (sample) => plant(await reportOf(sample)).map(({ report, place }) => ({ sample, place, report }))));
    const places = faulty.flat();
    const unnoticed = places.filter(({ sample, report }) => isUnnoticed(report, sample));
    expect(unnoticed.map(({ sample, place }) => `${sample}: ${place}`)).toEqual([]);
    expect(places.length).toBeGreaterThan(0);
  });
});

describe('a report that says nothing', () => {
  it.each(PLANTED)('disagrees with the packets of %s', async (sample) => {
    const empty: Report = { ...(await reportOf(sample)), races: [], resolutions: [] };
    const { connections, queries } = readTruth(sample);
    const { tallies } = compareWithWire(empty, readTruth(sample));
    expect(tallies.attempts).toEqual({ agreed: 0, judged: connections.length });
    expect(tallies.dns).toEqual({ agreed: 0, judged: queries.length });
  });
});

describe('a report that contradicts itself', () => {
  const changes: Record<string, (report: Report) => void> = {
    'two winners': ({ races: [race] }) => race?.attempts.forEach((a) => (a.outcome = 'won')),
    'a winner that is not there': ({ races: [race] }) => void (race?.winner && (race.winner.attemptId = -1)),
    'attempts out of order': ({ races: [race] }) => void race?.attempts.reverse(),
    'a wrong duration': ({ races: [race] }) => void (race?.durationMs !== undefined && (race.durationMs += 1)),
    'an end before its start': ({ races: [race] }) => void (race?.attempts[0] !== undefined && (race.attempts[0].endMs = race.attempts[0].startMs - 1)),
    'an end missing': ({ resolutions: [resolution] }) => void (resolution !== undefined && (resolution.endMs = undefined)),
    'a number that is none': ({ trace }) => void (trace.durationMs = Number.NaN),
    'evidence outside the log': ({ races: [race], trace }) => void race?.evidence.eventIndices.push(trace.eventCount),
    'a link to a resolution that is not there': ({ races: [race] }) => void race?.resolutionIds.push(-1),
    'a link to a request that is not there': ({ races: [race] }) => void race?.requestIds.push(-1),
    'a link to a session that is not there': ({ requests: [request] }) => void (request !== undefined && (request.sessionId = -1)),
    'a race twice': ({ races }) => void races.push(...races.slice(0, 1)),
  };

  it.each(Object.entries(changes))('is found out by %s', async (_, change) => {
    const report = structuredClone(await reportOf('svc-hev3'));
    report.races.sort((a, b) => b.attempts.length - a.attempts.length);
    expect(brokenInvariants(report)).toEqual([]);
    change(report);
    expect(brokenInvariants(report)).not.toEqual([]);
  });
});
