/** What a comparison keeps of a report. */
import { describe, expect, test } from 'vitest';
import { runOfReport } from '../../src/report/run-of-report.ts';
import type { Metric } from '../../src/metrics/metric.ts';
import type { Report } from '../../src/report/report.ts';
import { aMetric, aRace, aReport, aRequest, aResolution } from '../report/builders.ts';

const runOf = (parts: Parameters<typeof aReport>[0]) => runOfReport(aReport(parts), 'run.json');
const metric = (parts: Partial<Metric>) => runOf({ metrics: [aMetric(parts)] }).metrics[0];

describe('of metrics', () => {
  test('the value and the number, not the sample', () => {
    const kept = metric({ n: 2, value: 15, values: [10, 20] });
    expect(kept).toMatchObject({ id: 'race.duration', kind: 'median', n: 2, value: 15, count: 2 });
    expect(kept).not.toHaveProperty('values');
  });

  test('of a rate how many were so', () => {
    expect(metric({ id: 'race.failure_rate', unit: 'ratio', n: 4, value: 0.25, values: [0, 1, 0, 0] })).toMatchObject({ kind: 'rate', n: 4, count: 1 });
  });

  test('of counts their total', () => {
    expect(metric({ id: 'race.attempts', unit: 'count', n: 3, value: 2, values: [2, 4, 1] })).toMatchObject({ kind: 'median', count: 7 });
  });

  test('a metric of another version is told from its values', () => {
    expect(metric({ id: 'future.rate', unit: 'ratio', n: 2, value: 0.5, values: [0, 1] })?.kind).toBe('rate');
    expect(metric({ id: 'future.share', unit: 'ratio', n: 2, value: 0.5, values: [0.2, 0.8] })?.kind).toBe('median');
  });

  test('none where there was nothing to count', () => {
    expect(metric({ n: 0 })?.id).toBe('findings.error');
  });
});

test('findings become numbers: by severity, and by kind', () => {
  const evidence = { sourceIds: [], eventIndices: [] };
  const finding = (id: string, severity: 'info' | 'warning' | 'error') => ({ id, severity, title: id, detail: '', evidence });
  const { metrics } = runOf({ findings: [finding('slow-dns', 'warning'), finding('slow-dns', 'warning'), finding('ech', 'info')] });
  expect(metrics.map(({ id, count, better }) => [id, count, better])).toEqual([
    ['findings.error', 0, 'lower'],
    ['findings.warning', 2, 'lower'],
    ['finding.slow-dns', 2, 'lower'],
    ['finding.ech', 1, 'neutral'],
  ]);
});

describe('of facts', () => {
  const factsWith = (trace: Partial<Report['trace']>) => runOf({ trace }).facts;

  test('browser, system, capture mode, field trials', () => {
    expect(factsWith({ fieldTrials: ['A:On'] })).toMatchObject({ client: 'Chromium 156.0.8078.79', system: 'Linux: 6.1', captureMode: 'Default', fieldTrials: ['A:On'], complete: true, durationMs: 2315 });
  });

  test('features of the command line, without parameters, which may hold URLs', () => {
    const commandLine = 'chromium --enable-features=B,A<Trial:url/https%3A%2F%2Fsecret.test --disable-features=C:x/y --other=1 about:blank';
    expect(factsWith({ client: { commandLine } }).features).toEqual(['+A', '+B', '-C']);
    expect(factsWith({ client: { name: 'x' } }).features).toBeUndefined();
  });

  test('the engine of the most races first', () => {
    const races = [aRace({ engine: 'legacy' }), aRace({ engine: 'hev3' }), aRace({ engine: 'hev3' })];
    expect(runOf({ races, trace: { raceEngines: ['legacy', 'hev3'] } }).facts.engines).toEqual(['hev3', 'legacy']);
  });
});

describe('of hosts', () => {
  const hostsOf = (parts: Parameters<typeof aReport>[0]) => runOf(parts).hosts;

  test('those resolved over the network, connected to or sent a request', () => {
    expect(
      hostsOf({
        resolutions: [aResolution({ host: 'resolved.test' }), aResolution({ host: 'cached.test', source: 'cache' })],
        races: [aRace({ destination: { scheme: 'https', host: 'raced.test', port: 443 }, outcome: 'failed' }), aRace({ destination: undefined })].map(({ destination, ...race }) => (destination === undefined ? race : { ...race, destination })),
        requests: [aRequest({ url: 'https://sent.test/x', connection: 'reused' }), aRequest({ url: 'https://local.test/', connection: 'cache' }), aRequest({ url: 'data:,x', connection: 'new' })],
      })?.map(({ host }) => host),
    ).toEqual(['resolved.test', 'raced.test', 'sent.test']);
  });

  test('with the median of what was waited for', () => {
    const race = (durationMs: number, parts = {}) => aRace({ durationMs, ...parts });
    expect(
      hostsOf({
        resolutions: [aResolution({ host: 'a.test', durationMs: 20 })],
        races: [race(100), race(300), race(900, { preconnect: true }), race(1000, { outcome: 'failed' }), race(2000, { forResolver: true })],
      }),
    ).toEqual([{ host: 'a.test', medians: { 'race.duration': 200, 'dns.resolution.duration': 20 } }]);
  });
});
