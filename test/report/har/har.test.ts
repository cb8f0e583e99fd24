/** HAR files are valid, add up, and say of each request what the report says. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { analyze } from '../../../src/analyze.ts';
import { harChunks } from '../../../src/report/har/har-chunks.ts';
import { harTimings } from '../../../src/report/har/har-timings.ts';
import type { Report } from '../../../src/report/report.ts';
import { join } from 'node:path';
import { SAMPLE_NAMES } from '../../redact/redacting.ts';
import { anAttempt, aRace, aReport, aRequest, aSession } from '../builders.ts';
import { harSchema, type ReadHar } from './har-schema.ts';

function harOf(report: Report): ReadHar['log'] {
  return harSchema.parse(JSON.parse([...harChunks(report)].join(''))).log;
}

test.each(SAMPLE_NAMES)('of the recording %s it is valid, with an entry for each request that takes as long', async (name) => {
  const report = await analyze(join(import.meta.dirname, '../../../samples', name, 'netlog.json.gz'));
  const { entries } = harOf(report);
  const requests = report.requests.filter(({ url }) => url !== undefined).toSorted((a, b) => a.startMs - b.startMs);
  expect(entries.map((entry) => [entry['_netlogId'], entry.request.url, Date.parse(entry.startedDateTime)])).toEqual(
    requests.map(({ id, url, startMs }) => [id, url, Math.floor(report.trace.originUnixMs + startMs)]),
  );
  for (const [i, { time, timings }] of entries.entries()) {
    const { ssl: _ssl, comment: _comment, ...parts } = timings;
    const sum = Object.values(parts).reduce<number>((total, part) => total + Math.max(0, Number(part)), 0);
    expect(time).toBeCloseTo(sum, 3);
    const { endMs, startMs } = requests[i]!;
    if (endMs !== undefined) expect(time).toBeCloseTo(endMs - startMs, 3);
    expect(timings.ssl ?? -1).toBeLessThanOrEqual(timings.connect ?? -1);
  }
});

describe('timings', () => {
  it('TLS is part of connect, and what no phase accounts for is blocked', () => {
    const request = aRequest({ startMs: 10, endMs: 110, phases: { blockedMs: 5, dnsMs: 10, connectMs: 20, sslMs: 15, sendMs: 1, waitMs: 30, receiveMs: 4 } });
    expect(harTimings(request)).toEqual({ time: 100, timings: { blocked: 20, dns: 10, connect: 35, ssl: 15, send: 1, wait: 30, receive: 4 } });
  });

  it('what a reused connection did not need is -1', () => {
    expect(harTimings(aRequest({ endMs: 8, phases: { waitMs: 7, receiveMs: 1 } })).timings).toEqual({ blocked: 0, dns: -1, connect: -1, ssl: -1, send: 0, wait: 7, receive: 1 });
  });

  it('a request that never ended has the phases that it got through', () => {
    expect(harTimings(aRequest({ phases: { blockedMs: 3, dnsMs: 4 } }))).toMatchObject({ time: 7, timings: { blocked: 3, dns: 4, wait: 0 } });
  });

  it('never differ from the time, and are never negative', () => {
    const ms = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined });
    const phases = fc.record({ blockedMs: ms, dnsMs: ms, connectMs: ms, sslMs: ms, sendMs: ms, waitMs: ms, receiveMs: ms });
    fc.assert(
      fc.property(phases, ms, (parts, endMs) => {
        const { time, timings } = harTimings(aRequest({ phases: parts, endMs }));
        const { ssl, ...others } = timings;
        expect(time).toBeCloseTo(Object.values(others).reduce((sum, part) => sum + Math.max(0, part), 0), 1);
        expect(Math.min(timings.blocked, timings.send, timings.wait, timings.receive)).toBeGreaterThanOrEqual(0);
        expect(ssl).toBeLessThanOrEqual(Math.max(timings.connect, -1) + 1e-3);
      }),
    );
  });
});

describe('an entry', () => {
  it('says who answered, over what', () => {
    const report = aReport({
      races: [aRace({ attempts: [anAttempt({ id: 7, ipEndpoint: '[2001:db8::1]:443' })] })],
      sessions: [aSession({ id: 150, ipEndpoint: '203.0.113.1:443' })],
      requests: [
        aRequest({ id: 1, url: 'https://a.test/x?q=1&q=2', attemptId: 7, alpn: 'http/1.1', status: 200, connection: 'new', raceId: 112 }),
        aRequest({ id: 2, sessionId: 150, attemptId: 7, alpn: 'h2', startMs: 1 }),
      ],
    });
    const [first, second] = harOf(report).entries;
    expect(first).toMatchObject({
      request: { httpVersion: 'HTTP/1.1', queryString: [{ name: 'q', value: '1' }, { name: 'q', value: '2' }] },
      response: { status: 200 },
      serverIPAddress: '2001:db8::1',
      connection: '7',
      _raceId: 112,
    });
    expect(second).toMatchObject({ request: { httpVersion: 'http/2.0' }, serverIPAddress: '203.0.113.1', connection: '150' });
  });

  it('that failed has status 0 and the error, as Chromium writes it', () => {
    const [entry] = harOf(aReport({ requests: [aRequest({ netError: { code: -105, name: 'ERR_NAME_NOT_RESOLVED' } })] })).entries;
    expect(entry?.response).toMatchObject({ status: 0, _error: 'net::ERR_NAME_NOT_RESOLVED' });
  });

  it('without a URL is left out', () => {
    expect(harOf(aReport({ requests: [aRequest({ url: undefined })] })).entries).toEqual([]);
  });

  it('of a log that claims an impossible time has a date nevertheless', () => {
    const [chunk] = [...harChunks(aReport({ trace: { originUnixMs: 1e300 }, requests: [aRequest()] }))].slice(1);
    expect(JSON.parse(chunk ?? '')).toMatchObject({ startedDateTime: '+275760-09-13T00:00:00.000Z' });
  });

  it('keeps hostile text inside its strings', () => {
    const url = 'https://a.test/\u001b[2J\u202e</script>';
    const text = [...harChunks(aReport({ requests: [aRequest({ url })] }))].join('');
    expect(['\u001b', '\u202e'].filter((character) => text.includes(character))).toEqual([]);
    expect((JSON.parse(text) as { log: { entries: { request: { url: string } }[] } }).log.entries[0]?.request.url).toBe(url);
  });
});
