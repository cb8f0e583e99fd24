/** What each chart of a trace counts, marks and leaves out. */
import { describe, expect, test } from 'vitest';
import { attemptStart } from '../../../src/report/charts/attempt-start.ts';
import type { ChartSpecification } from '../../../src/report/charts/chart-specification.ts';
import { connectPhases } from '../../../src/report/charts/connect-phases.ts';
import { fallbacks } from '../../../src/report/charts/fallbacks.ts';
import { httpsRecords } from '../../../src/report/charts/https-records.ts';
import { lightTheme } from '../../../src/report/charts/palette.ts';
import { raceWaterfall } from '../../../src/report/charts/race-waterfall.ts';
import { racesTimeline } from '../../../src/report/charts/races-timeline.ts';
import { resolveTime } from '../../../src/report/charts/resolve-time.ts';
import { sessions as sessionsChart } from '../../../src/report/charts/sessions.ts';
import { winners } from '../../../src/report/charts/winners.ts';
import { aRace, anAttempt, aResolution, aTransaction, blackholeRace, cryptoWaitRace, failedRace } from '../builders.ts';
import { races, requests, resolutions, sessions } from './small-reports.ts';

type Row = Readonly<Record<string, unknown>>;

/** All rows of data that have this field, wherever they stand in the specification. */
function rowsWith(specification: unknown, field: string): Row[] {
  if (typeof specification !== 'object' || specification === null) return [];
  if (Array.isArray(specification)) return specification.flatMap((item) => rowsWith(item, field));
  const { values, ...rest } = specification as { values?: unknown };
  const own = Array.isArray(values) ? values.filter((row): row is Row => typeof row === 'object' && row !== null && field in row) : [];
  return [...own, ...Object.values(rest).flatMap((member) => rowsWith(member, field))];
}

const subtitle = ({ title }: ChartSpecification): string => [(title as { subtitle: string | string[] }).subtitle].flat().join(' ');
const pick = (rows: readonly Row[], ...fields: readonly string[]): unknown[][] => rows.map((row) => fields.map((field) => row[field]));

describe('race-waterfall', () => {
  test('shows that TLS was held back between two handshakes, and that a loser was stopped', () => {
    const { race, resolution } = cryptoWaitRace();
    const chart = raceWaterfall(race, [resolution], lightTheme);
    const winner = rowsWith(chart, 'phase').filter(({ what }) => what === 'TCP 2001:db8:77::11');
    expect(pick(winner, 'phase', 'from', 'to')).toEqual([
      ['TCP handshake', 30, 53],
      ['waiting', 53, 225],
      ['TLS handshake', 225, 248],
    ]);
    expect(pick(rowsWith(chart, 'sign').filter(({ what }) => String(what).startsWith('QUIC')), 'sign', 'at')).toEqual([['stopped', 248]]);
    expect(subtitle(chart)).toContain('TLS of the winner waited 172 ms for the HTTPS answer');
  });

  test('marks where the connection attempt delay of a slow attempt was over', () => {
    const { race, resolution } = blackholeRace();
    const marks = rowsWith(raceWaterfall(race, [resolution], lightTheme), 'sign').filter(({ sign }) => sign === 'attempt delay over');
    // 30 ms, when the attempts to IPv6 began, and 250 ms of delay.
    expect(pick(marks, 'at')).toEqual([[280], [280]]);
  });

  test('names the code with which a name server refused', () => {
    const { race, resolution } = failedRace();
    expect(rowsWith(raceWaterfall(race, [resolution], lightTheme), 'left')).toContainEqual({ row: 0, left: 'DNS AAAA', right: '23 ms NXDOMAIN' });
  });

  test('draws what has no end in the log up to the edge, and says so', () => {
    const race = aRace({ outcome: 'unfinished', attempts: [anAttempt({ id: 1, ipEndpoint: '10.0.0.1:443', startMs: 40, outcome: 'unfinished' })] });
    const chart = raceWaterfall(race, [aResolution({ transactions: [aTransaction({ type: 'A', endMs: 100 })] })], lightTheme);
    expect(rowsWith(chart, 'phase')).toContainEqual(expect.objectContaining({ phase: 'TCP handshake', from: 40, to: 100 }));
    expect(pick(rowsWith(chart, 'sign'), 'sign', 'at')).toEqual([['no end in the log', 100]]);
  });

  test('cuts off what is long after the race, and keeps its true time in the note', () => {
    const race = aRace({ endMs: 100, durationMs: 100, attempts: [anAttempt({ id: 1, ipEndpoint: '10.0.0.1:443', endMs: 100 })] });
    const chart = raceWaterfall(race, [aResolution({ transactions: [aTransaction({ type: 'HTTPS', endMs: 5000 })] })], lightTheme);
    const [query] = rowsWith(chart, 'phase');
    // The race and 35 % of it, and a little room.
    expect(query).toMatchObject({ phase: 'HTTPS query', note: '5.000 s' });
    expect(query?.['to']).toBeCloseTo(136.35);
    expect(rowsWith(chart, 'sign')).toContainEqual(expect.objectContaining({ row: 0, sign: 'goes on later' }));
  });

  test('keeps the row of an attempt that began after all that is drawn', () => {
    const attempts = [anAttempt({ id: 1, ipEndpoint: '10.0.0.1:443', endMs: 100 }), anAttempt({ id: 2, ipEndpoint: '10.0.0.1:443', startMs: 900, endMs: 950, outcome: 'spare' })];
    const chart = raceWaterfall(aRace({ endMs: 100, durationMs: 100, attempts }), [], lightTheme);
    expect(rowsWith(chart, 'phase')).toHaveLength(1);
    expect(pick(rowsWith(chart, 'sign'), 'row', 'sign')).toEqual([
      [0, 'usable first'],
      [1, 'goes on later'],
    ]);
    expect(rowsWith(chart, 'left')).toContainEqual({ row: 1, left: 'TCP 10.0.0.1', right: '50 ms spare' });
  });
});

test('races-timeline counts the time before the first attempt apart', () => {
  const [first] = rowsWith(racesTimeline(races, lightTheme), 'outcome');
  expect(first).toMatchObject({ race: 112, from: 0, attempts: 30, to: 325, outcome: 'connected', took: '325 ms  IPv4 TCP' });
});

describe('resolve-time', () => {
  test('leaves out what did not end by itself, and says how much that was', () => {
    expect(subtitle(resolveTime(resolutions, lightTheme))).toBe('n = 7 DNS transactions; 1 cancelled, unfinished or without a time left out n = 4 resolutions; 1 cancelled, unfinished or without a time left out');
  });

  test('does not count names of DNS-over-HTTPS servers', () => {
    const chart = resolveTime([...resolutions, aResolution({ id: 9, endMs: 1, forResolver: true })], lightTheme);
    expect(subtitle(chart)).toContain('n = 4 resolutions');
  });

  test('has a curve for each record type that reaches 100 %', () => {
    const ends = rowsWith(resolveTime(resolutions, lightTheme), 'percent').filter(({ percent }) => percent === 100);
    expect(pick(ends, 'series', 'ms')).toEqual([
      ['A', 435],
      ['AAAA', 29],
      ['HTTPS', 224],
      ['network', 436],
      ['cache', 0],
    ]);
  });
});

describe('attempt-start', () => {
  test('takes two sockets to one endpoint for one step', () => {
    const chart = attemptStart([blackholeRace().race], lightTheme);
    expect(pick(rowsWith(chart, 'starts'), 'step', 'ms', 'starts')).toEqual([
      [1, 0, 1],
      [2, 250, 1],
    ]);
  });

  test('shows the staircase of a client with a delay of 250 ms', () => {
    const attempts = [0, 1, 2, 3].map((i) => anAttempt({ id: i, ipEndpoint: `10.0.0.${i}:443`, startMs: 30 + i * 250 }));
    const stairs = rowsWith(attemptStart([aRace({ attempts })], lightTheme), 'starts');
    // Gathered in steps of 10 ms, which every start is a multiple of.
    expect(pick(stairs, 'step', 'ms')).toEqual([
      [1, 0],
      [2, 250],
      [3, 500],
      [4, 750],
    ]);
  });
});

test('winners counts races by family, transport and what was known of the endpoint', () => {
  expect(pick(rowsWith(winners(races, lightTheme), 'stage'), 'winner', 'stage', 'races')).toEqual([
    ['IPv6 QUIC', 'cached', 1],
    ['IPv6 TCP', 'intermediate', 1],
    ['IPv4 TCP', 'final', 1],
  ]);
});

test('winners leaves out connections to DNS-over-HTTPS servers', () => {
  expect(subtitle(winners(races.map((race) => ({ ...race, forResolver: race.id === 112 })), lightTheme))).toContain('n = 2 races with a winner; 2 without one');
});

test('fallbacks counts a race in every way in which it fell back', () => {
  const race = { ...blackholeRace().race, fallback: { family: true, transport: true, service: false, resolver: false } };
  expect(pick(rowsWith(fallbacks([race], lightTheme), 'kind'), 'kind', 'races')).toEqual([
    ['to the other family', 1],
    ['from QUIC to TCP', 1],
    ['to a less preferred service', 0],
    ['to another resolver', 0],
    ['none of these', 0],
  ]);
});

describe('connect-phases', () => {
  test('splits a race into phases that add up to its time', () => {
    const parts = rowsWith(connectPhases([cryptoWaitRace().race], lightTheme), 'phase');
    // DNS to 30 ms, TCP to 53 ms, TLS held back to 225 ms, TLS to 248 ms.
    expect(pick(parts, 'phase', 'ms')).toEqual([
      ['DNS', 30],
      ['waiting', 172],
      ['TCP', 23],
      ['TLS', 23],
    ]);
  });

  test('shows of several races the one in the middle, with the quickest and the slowest', () => {
    const took = (id: number, ms: number) => aRace({ id, endMs: ms, durationMs: ms, attempts: [anAttempt({ id, ipEndpoint: '10.0.0.1:443', endMs: ms })], winner: { attemptId: id, transport: 'tcp', family: 'ipv4', ipEndpoint: '10.0.0.1:443', endpointStage: 'final' } });
    const chart = connectPhases([took(1, 90), took(2, 20), took(3, 30)], lightTheme);
    expect(rowsWith(chart, 'right')).toEqual([{ row: 0, left: 'a.test', right: '30 ms  (n = 3, 20 ms to 90 ms)' }]);
  });
});

test('https-records tells used from ignored, and why', () => {
  const bars = rowsWith(httpsRecords(resolutions, lightTheme), 'state');
  expect(pick(bars, 'group', 'what', 'state', 'count')).toEqual(
    expect.arrayContaining([
      ['queries', 'answered, a record used', 'used', 1],
      ['queries', 'answered, records ignored', 'ignored by the client', 1],
      ['queries', 'cut off by the client', 'cut off', 1],
      ['records advertise', 'ALPN h3', 'used', 1],
      ['records advertise', 'AliasMode', 'ignored by the client', 1],
      ['ignored because', 'AliasMode', 'ignored by the client', 1],
    ]),
  );
});

test('sessions counts requests that only the session tells of as not in the log', () => {
  const bars = rowsWith(sessionsChart(sessions, requests, lightTheme), 'connection').filter(({ label }) => label === 'h2 a.test');
  expect(pick(bars, 'connection', 'requests')).toEqual([
    ['new', 1],
    ['reused', 1],
    ['pooled', 1],
    ['not in the log', 1],
  ]);
});
