/** What of a report its page shows, and in which order. */
import { describe, expect, test } from 'vitest';
import type { Race } from '../../../src/model/race.ts';
import { tracePage } from '../../../src/report/html/trace-page.ts';
import { sourcesOfRace, wantedSources } from '../../../src/report/html/wanted-sources.ts';
import { aFinding, aMetric, anAttempt, aReport, aRequest, aResolution, aSession, aRace } from '../builders.ts';

const netError = { code: -102, name: 'ERR_CONNECTION_REFUSED' };
const noFallback = { family: false, transport: false, service: false, resolver: false };
const raceOf = (id: number, durationMs: number, parts: Partial<Race> = {}): Race => aRace({ id, durationMs, ...parts });

const races = [
  raceOf(1, 9000),
  raceOf(2, 10, { attempts: [anAttempt({ id: 20, ipEndpoint: '10.0.0.1:443', slow: true })] }),
  raceOf(3, 20, { fallback: { ...noFallback, transport: true } }),
  raceOf(4, 5, { outcome: 'failed', netError }),
  raceOf(5, 1),
  raceOf(6, 100),
];
const findings = [aFinding({ evidence: { sourceIds: [5], eventIndices: [77] } })];
const page = (most: number) => tracePage(aReport({ races, findings }), { most, filters: '' });

describe('races of a page', () => {
  test('are those that a finding names, the failed, those that fell back, the slow, then the longest', () => {
    expect(page(Infinity).races.rows.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1, 6]);
  });

  test('are no more than asked for, with their number in the log', () => {
    const { rows, total } = page(2).races;
    expect({ ids: rows.map(({ id }) => id), total }).toEqual({ ids: [5, 4], total: 6 });
  });
});

test('resolutions, requests and sessions of the races shown come before others', () => {
  const report = aReport({
    races: [raceOf(1, 10, { resolutionIds: [11] }), raceOf(2, 5, { resolutionIds: [12] })],
    resolutions: [aResolution({ id: 12, durationMs: 500 }), aResolution({ id: 11, durationMs: 1 })],
    requests: [aRequest({ id: 22, raceId: 2, endMs: 900 }), aRequest({ id: 21, raceId: 1, endMs: 3, sessionId: 31 }), aRequest({ id: 23, raceId: 2, netError })],
    sessions: [aSession({ id: 32, requestCount: 99 }), aSession({ id: 31, requestCount: 1 })],
  });
  const shown = tracePage(report, { most: 1, filters: '' });
  const two = tracePage(report, { most: 2, filters: '' });
  expect(shown.resolutions.rows.map(({ id }) => id)).toEqual([11]);
  expect(two.requests.rows.map(({ id }) => id), 'failed requests come first of all').toEqual([23, 22]);
  expect(tracePage({ ...report, races: report.races.slice(0, 1) }, { most: 2, filters: '' }).requests.rows.map(({ id }) => id)).toEqual([23, 21]);
  expect(tracePage({ ...report, requests: report.requests.slice(0, 2) }, { most: 1, filters: '' }).sessions.rows.map(({ id }) => id)).toEqual([31]);
});

test('figures are those of the whole report, and metrics come without their samples', () => {
  const { outcomes, metrics } = tracePage(aReport({ races, metrics: [aMetric({ n: 2, value: 3, values: [2, 4] })] }), { most: 1, filters: '' });
  expect(outcomes.find(({ label }) => label === 'Races')?.text).toBe('6: 5 connected, 1 failed');
  expect(metrics).toEqual([aMetric({ n: 2, value: 3 })]);
});

test('errors among the findings come first', () => {
  const severities = ['info', 'warning', 'error'] as const;
  const report = aReport({ findings: severities.map((severity) => aFinding({ severity })) });
  expect(tracePage(report, { most: 9, filters: '' }).findings.rows.map(({ severity }) => severity)).toEqual(['error', 'warning', 'info']);
});

describe('the sources behind a page', () => {
  const attempt = anAttempt({ id: 20, ipEndpoint: '10.0.0.1:443', evidence: { sourceIds: [20, 21], eventIndices: [5] } });
  const race = raceOf(9, 10, { attempts: [attempt], resolutionIds: [30], evidence: { sourceIds: [9, 8], eventIndices: [1, 2] } });
  const resolution = aResolution({ id: 30, evidence: { sourceIds: [30, 31], eventIndices: [3] } });

  test('are those that findings, races, attempts and resolutions rest on, in this order', () => {
    const report = aReport({ races: [race], resolutions: [resolution], findings });
    const { ids, evidence } = wantedSources(tracePage(report, { most: 9, filters: '' }));
    expect({ ids: [...ids], evidence: [...evidence] }).toEqual({ ids: [5, 9, 8, 20, 21, 30, 31], evidence: [77, 1, 2, 5, 3] });
  });

  test('of one race leave out what belongs to others', () => {
    const other = aResolution({ id: 99, evidence: { sourceIds: [99], eventIndices: [50] } });
    const { ids } = sourcesOfRace(race, { rows: [other, resolution], total: 2 });
    expect([...ids]).toEqual([9, 8, 20, 21, 30, 31]);
  });
});
