/**
 * What servers, pages and makers of logs write into a log reaches a chart as data and as words of a title, and nowhere
 * else: no expression, format, field, scale or address of the compiled chart is made of it.
 */
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { lightTheme } from '../../../src/report/charts/palette.ts';
import { renderSvg } from '../../../src/render/render-svg.ts';
import { aRace, anAttempt, anEndpoint, aRequest, aResolution, aSession, aTransaction } from '../builders.ts';
import { everyChart } from './every-chart.ts';

/** Each holds the word that is searched for. */
const TEXTS: readonly string[] = [
  '<script>EVIL()</script>',
  '"><img src=x onerror=EVIL()>',
  "' + EVIL() + '",
  '"]; EVIL(); ["',
  'datum.EVIL',
  "datum['EVIL']",
  '{"signal": "EVIL()"}',
  '%EVIL%d~s$,.2f',
  'javascript:EVIL()',
  ']]>EVIL<!--',
  '\u202eEVIL\u202c',
  '\u001b[31mEVIL\u001b[0m',
  'EVIL\n\r\0\uFFFE\uD800',
];

function hostileRows(text: string) {
  const netError = { code: -1, name: text };
  const attempt = anAttempt({ id: 2, ipEndpoint: text, startMs: 30, endMs: 60, outcome: 'won' });
  const lost = anAttempt({ id: 3, ipEndpoint: `${text}:443`, transport: 'quic', startMs: 10, endMs: 60, outcome: 'failed', netError, cancelReason: text });
  const transaction = aTransaction({ type: text, name: text, endMs: 20, outcome: 'failed', rcode: text, netError });
  const https = aTransaction({ type: 'HTTPS', name: text, endMs: 20, outcome: 'failed', rcode: text });
  const record = { ownerName: text, targetName: `${text}.`, alpn: [text], ech: true, ipv4Hint: [text], ipv6Hint: [text], used: false, ignoredBecause: text };
  return {
    races: [
      aRace({
        resolutionIds: [128],
        destination: { scheme: text, host: text, port: 1 },
        proxy: text,
        privacyMode: text,
        netError,
        endMs: 60,
        durationMs: 60,
        attempts: [lost, attempt],
        winner: { attemptId: 2, transport: 'tcp', family: 'ipv6', ipEndpoint: text, alpn: text, endpointStage: 'final' },
      }),
    ],
    resolutions: [aResolution({ host: text, endMs: 20, netError, tasks: [{ kind: text, startMs: 0, endMs: 20, outcome: 'failed', netError }], transactions: [transaction, https], endpointUpdates: [{ atMs: 20, stage: 'final', endpoints: [anEndpoint({ targetName: text })] }], httpsRecords: [record] })],
    sessions: [aSession({ hosts: [text], pooledHosts: [text], closeReason: text })],
    requests: [aRequest({ url: text, method: text, alpn: text, sessionId: 150 })],
    profileRows: [{ profile: 'go', request: text, failedMs: 1, error: text }],
    sweep: { scenario: text, parameter: 'rttMs', quantity: 'Time', rows: [{ profile: 'go', value: 1 }] },
  } as const;
}

/** Where in a value the word stands, with indices left out. */
function placesOf(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return value.includes('EVIL') ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [...(key.includes('EVIL') ? [`${path} (key)`] : []), ...placesOf(member, Array.isArray(value) ? `${path}[]` : `${path}.${key}`)]);
}

/** Words, and rows of data; Vega reads neither as anything else. */
const HARMLESS = /^(\.description|(\.marks\[\])*(\.layout)?\.title\.(text|subtitle)(\[\])?|\.data\[\]\.values\[\]\.\w+)$/;

describe.each(TEXTS)('a log full of %j', (text) => {
  const charts = Object.entries(everyChart(hostileRows(text), lightTheme));

  test('is data and words in every compiled chart, and nothing else', () => {
    const places = charts.flatMap(([kind, specification]) => placesOf(compile(specification).spec).map((place) => ({ kind, place })));
    expect(places.filter(({ place }) => !HARMLESS.test(place))).toEqual([]);
    // Else the test would look at nothing.
    expect(new Set(places.map(({ kind }) => kind)).size).toBeGreaterThan(6);
  });

  test('makes no markup of its own and no invisible character in the drawing', async () => {
    for (const [, specification] of charts) {
      const svg = await renderSvg(specification);
      expect(svg.match(/<[^>]*EVIL[^>]*>/g)?.filter((tag) => !/^<\w+ [^<>]*aria-label="[^"<>]*EVIL[^"<>]*"[^<>]*>$/.test(tag)) ?? []).toEqual([]);
      expect(svg).not.toMatch(/<(script|img|a|image|foreignObject)\b/);
      expect(svg.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/u);
    }
  });
});
