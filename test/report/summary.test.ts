/** The summary of a report: for terminals of two widths, in colour, as Markdown, and for logs with little to say. */
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { summaryMarkdown } from '../../src/report/markdown/summary.ts';
import { summaryText } from '../../src/report/terminal/summary.ts';
import { plainStyle } from '../../src/report/view.ts';
import {
  aMetric,
  anAttempt,
  aRace,
  aReport,
  aRequest,
  aResolution,
  aSession,
  blackholeRace,
  cryptoWaitRace,
  failedRace,
  tagStyle,
} from './builders.ts';

const options = { top: 10, filters: '' };

/** Something of everything. */
function fullReport(): Report {
  const [blackhole, cryptoWait, failed] = [blackholeRace(), cryptoWaitRace(), failedRace()];
  return aReport({
    trace: {
      diagnostics: [
        {
          code: 'time-backwards',
          severity: 'info',
          message: 'Time runs backwards from one event to the next in 2 places.',
          count: 2,
          eventIndex: 170,
        },
        { code: 'truncated', severity: 'warning', message: 'The log ends inside an event.', byteOffset: 18_214 },
      ],
    },
    resolutions: [blackhole.resolution, cryptoWait.resolution, failed.resolution, aResolution({ id: 300, source: 'cache', durationMs: 0 })],
    races: [
      blackhole.race,
      cryptoWait.race,
      failed.race,
      aRace({ id: 301, outcome: 'pooled', durationMs: 12, pooledOnto: { sessionId: 150, by: 'ip' } }),
      aRace({
        id: 302,
        destination: { scheme: 'https', host: 'dns.test', port: 443 },
        forResolver: true,
        durationMs: 80,
        attempts: [anAttempt({ id: 303, ipEndpoint: '10.0.0.1:443' })],
      }),
    ],
    sessions: [aSession(), aSession({ id: 151, protocol: 'h3' })],
    requests: [
      aRequest({ connection: 'new', status: 200, endMs: 380 }),
      aRequest({ id: 109, connection: 'pooled', status: 200, endMs: 400 }),
      aRequest({
        id: 110,
        url: 'https://nx.a.test:8443/',
        connection: 'none',
        netError: { code: -105, name: 'ERR_NAME_NOT_RESOLVED' },
        startMs: 490,
        endMs: 549,
      }),
    ],
    metrics: [
      aMetric({
        n: 2,
        value: 286.5,
        summary: { min: 248, p25: 267.25, p50: 286.5, p75: 305.75, p90: 317.3, p95: 321.15, p99: 324.23, max: 325, mad: 38.5 },
        values: [325, 248],
      }),
      aMetric({
        id: 'race.ipv6_win_rate',
        title: 'Races won over IPv6',
        unit: 'ratio',
        better: 'neutral',
        n: 2,
        value: 0.5,
        values: [0, 1],
      }),
      aMetric({ id: 'race.attempts', title: 'Connection attempts in a race', unit: 'count' }),
    ],
    findings: [
      {
        id: 'ipv6-dead',
        severity: 'warning',
        title: 'IPv6 does not answer',
        detail: 'Both IPv6 attempts of race 112 outlived the connection attempt delay.',
        evidence: { sourceIds: [112], eventIndices: [] },
        spec: 'RFC 8305 section 5',
      },
    ],
  });
}

for (const width of [80, 140]) {
  test(`the summary in ${width} columns`, async () => {
    await expect(summaryText(fullReport(), options, { width, style: plainStyle })).toMatchFileSnapshot(`__golden__/summary-${width}.txt`);
  });
}

test('the summary in colour has the same text', async () => {
  const coloured = summaryText(fullReport(), options, { width: 80, style: tagStyle });
  expect(coloured.replaceAll(/<\/?\w*>/g, '')).toBe(summaryText(fullReport(), options, { width: 80, style: plainStyle }));
  await expect(coloured).toMatchFileSnapshot('__golden__/summary-colour.txt');
});

test('the summary as Markdown', async () => {
  await expect(summaryMarkdown(fullReport(), options)).toMatchFileSnapshot('__golden__/summary.md');
});

test('lists are cut to the number asked for, and say so', () => {
  const text = summaryText(fullReport(), { ...options, top: 2 }, { width: 80, style: plainStyle });
  expect(text).toContain('Races, the failed first, then the slowest (2 of 5)');
});

test('filters are told', () => {
  expect(summaryText(aReport(), { ...options, filters: '--host *.test' }, { width: 80, style: plainStyle })).toContain(
    'Listed       only --host *.test',
  );
});

test('a log without connections says so and lists nothing', () => {
  expect(summaryText(aReport({ trace: { raceEngines: [] } }), options, { width: 80, style: plainStyle })).toMatchInlineSnapshot(`
    "trace.json.gz
      Client       Chromium 156.0.8078.79 on Linux: 6.1
      Recorded     2026-11-20 14:03:22.120 UTC, for 2.315 s
      Log          1,160 events of 184 sources, 18.2 kB gzip, capture mode Default
      Complete     yes
      Engine       none: no connection was attempted

      Resolutions  0
      Races        0
      Requests     0
      Sessions     0
    "
  `);
});

test('an incomplete log says so', () => {
  expect(summaryText(aReport({ trace: { complete: false } }), options, { width: 100, style: plainStyle })).toContain(
    'Complete     NO: cut off, bounded or damaged',
  );
});

test('hostile text of a log stays text', () => {
  const report = aReport({
    trace: { file: 'a\u001b[2J.json', client: { name: '\u202eevil', os: 'x\ny' } },
    races: [aRace({ destination: { scheme: 'https', host: 'a.test\u001b]0;t\u0007', port: 443 } })],
    requests: [aRequest({ url: 'https://a.test/\n- **injected**', netError: { code: -1, name: '<b>|' } })],
  });
  for (const text of [summaryText(report, options, { width: 80, style: plainStyle }), summaryMarkdown(report, options)]) {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^- \*\*injected/m);
  }
});
