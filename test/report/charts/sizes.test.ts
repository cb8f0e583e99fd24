/** Every chart is sensible without rows, with one, and with 100,000. */
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import type { Race } from '../../../src/model/race.ts';
import { darkTheme, lightTheme } from '../../../src/report/charts/palette.ts';
import { renderSvg } from '../../../src/render/render-svg.ts';
import { aRace, anAttempt, aRequest, aResolution, aSession, aTransaction } from '../builders.ts';
import { everyChart, type EveryRow } from './every-chart.ts';

const OUTCOMES = ['connected', 'connected', 'failed', 'pooled', 'unfinished'] as const;
const TYPES = ['A', 'AAAA', 'HTTPS', 'TXT'];

function raceNumber(i: number): Race {
  const startMs = i * 7;
  const outcome = OUTCOMES[i % OUTCOMES.length] ?? 'connected';
  const attempts = Array.from({ length: i % 4 }, (_, n) => anAttempt({ id: i * 10 + n, ipEndpoint: `10.0.${n}.${i % 250}:443`, startMs: startMs + n * 250, endMs: startMs + n * 250 + 40, outcome: n === 0 ? 'won' : 'lost' }));
  const won = outcome === 'connected' && attempts.length > 0;
  return aRace({
    id: i * 10,
    destination: { scheme: 'https', host: `host-${i % 5000}.test`, port: 443 },
    startMs,
    outcome,
    ...(outcome === 'unfinished' ? {} : { endMs: startMs + 40, durationMs: 40 + (i % 1000) }),
    attempts,
    ...(won ? { winner: { attemptId: i * 10, transport: 'tcp', family: 'ipv4', ipEndpoint: '10.0.0.1:443', endpointStage: 'final' } as const } : {}),
  });
}

function rows(count: number): EveryRow {
  const each = <Row>(make: (i: number) => Row): Row[] => Array.from({ length: count }, (_, i) => make(i));
  return {
    races: each(raceNumber),
    resolutions: each((i) => {
      const endMs = i + ((i * 7919) % 20_011) / 3;
      const failed = i % 3 === 0 ? ({ outcome: 'failed', rcode: `CODE${i}` } as const) : {};
      return aResolution({ id: i, startMs: i, endMs, transactions: [aTransaction({ type: TYPES[i % 4] ?? 'A', startMs: i, endMs, ...failed })] });
    }),
    sessions: each((i) => aSession({ id: i, hosts: [`host-${i}.test`], requestCount: i % 50 })),
    requests: each((i) => aRequest({ id: i, sessionId: i, connection: i % 2 === 0 ? 'new' : 'reused', alpn: 'h2' })),
    profileRows: each((i) => ({ profile: `profile-${i % 300}`, request: `Request ${Math.floor(i / 300)}`, connectedMs: i, family: 'ipv6' as const })),
    sweep: { scenario: 'x', parameter: 'rttMs (ms)', quantity: 'Time (ms)', rows: each((i) => ({ profile: `profile-${i % 20}`, value: Math.floor(i / 20), result: i })) },
  };
}

describe('without rows', () => {
  // A race without attempts; the rest has nothing at all.
  const charts = Object.entries(everyChart(rows(0), darkTheme));

  test.each(charts)('%s says why it is empty', async (_, specification) => {
    const { data } = specification as { data?: { values?: readonly { reason?: string }[] } };
    expect(data?.values?.[0]?.reason).toMatch(/\w+.*\.$/);
    expect(await renderSvg(specification)).toContain('n = 0');
  });
});

describe('with one row', () => {
  test.each(Object.entries(everyChart({ ...rows(1), races: [raceNumber(6)] }, lightTheme)))('%s is drawn without a number that is none', async (_, specification) => {
    expect(await renderSvg(specification)).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});

describe('with 100,000 rows', () => {
  const charts = Object.entries(everyChart(rows(100_000), lightTheme));

  test.each(charts)('%s stays small enough to be opened', (_, specification) => {
    expect(JSON.stringify(specification).length).toBeLessThan(250_000);
    expect(compile(specification).spec).toBeDefined();
  });

  test.each(charts.filter(([kind]) => kind !== 'race-waterfall'))('%s states how many there were', (_, specification) => {
    expect(JSON.stringify(specification.title)).toMatch(/n = [\d,]*\d/);
  });
});

test('a race with very many attempts keeps its winner among the rows drawn', () => {
  const attempts = Array.from({ length: 10_000 }, (_, i) => anAttempt({ id: i, ipEndpoint: `10.0.0.1:${i}`, startMs: i, endMs: i + 5, outcome: i === 9000 ? 'won' : 'lost' }));
  const drawn = JSON.stringify(everyChart({ ...rows(0), races: [aRace({ attempts, endMs: 9005, durationMs: 9005 })] }, lightTheme)['race-waterfall']);
  expect(drawn.length).toBeLessThan(100_000);
  expect(drawn).toContain('"left":"TCP 10.0.0.1:9000"');
  expect(drawn).toContain('The first 60 of 10,000 rows are drawn, and the winner.');
});
