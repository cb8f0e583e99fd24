/** `https-records`: each format, what is said of names with and without records, and having nothing to tell. */
import { describe, expect, test } from 'vitest';
import { IGNORED } from '../../src/model/ignored-because.ts';
import type { HttpsRecord } from '../../src/model/resolution.ts';
import { aRace, aReport, aRequest, aResolution, aTransaction, anAttempt } from '../report/builders.ts';
import { netlogAnalyze } from './harness.ts';

const none = { ech: false, ipv4Hint: [], ipv6Hint: [] };
const target: HttpsRecord = { ...none, ownerName: 'a.test', mode: 'service', priority: 1, targetName: 'svc.test', alpn: ['h3', 'http/1.1'], port: 8443, sentAlong: ['A', 'AAAA'], used: false, ignoredBecause: IGNORED.target };
const kept: HttpsRecord = { ...none, ownerName: 'a.test', mode: 'service', priority: 2, targetName: 'a.test', alpn: ['h2', 'http/1.1'], ipv6Hint: ['2001:db8::1'], used: true };
const alias: HttpsRecord = { ...none, ownerName: 'b.test', mode: 'alias', priority: 0, targetName: '\u001b[2Jevil.test', alpn: [], used: false, ignoredBecause: IGNORED.alias };
const unknown: HttpsRecord = { ...none, ownerName: 'c.test', alpn: [], used: false, ignoredBecause: IGNORED.unknown };

const asked = (host: string, httpsRecords: HttpsRecord[], answerCount = httpsRecords.length, outcome: 'ok' | 'cancelled' = 'ok') =>
  aResolution({ host, httpsRecords, transactions: [aTransaction({ type: 'HTTPS', name: host, endMs: 25, outcome, answerCount })] });

const report = aReport({
  resolutions: [asked('a.test', [target, kept]), asked('b.test', [alias]), asked('c.test', [unknown], 2), asked('d.test', []), asked('e.test', [], 0, 'cancelled')],
  races: [
    aRace({
      destination: { scheme: 'https', host: 'e.test', port: 443 },
      attempts: [anAttempt({ id: 7, transport: 'quic', ipEndpoint: '192.0.2.1:443', http3From: 'alt-svc', ech: 'accepted' })],
    }),
  ],
  requests: [aRequest({ url: 'http://a.test/', upgradedBy: 'https-record' })],
});

const surroundings = { reports: { 'trace.json': report } };

describe('text', () => {
  test('tells each name, and fits 80 columns', async () => {
    const { stdout, exitCode } = await netlogAnalyze(['https-records', 'trace.json'], surroundings);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`a.test
  1 query, answered
  Priority  TargetName  ALPN         Port  Hints  Became
         1  svc.test    h3 http/1.1  8443      –  ignored: another TargetName
         2  .           h2 http/1.1     –      1  kept, no connection by it
  Following up would have taken at least 2 more queries: AAAA and A of svc.test
    (all of them had come along with the answer).
  1 request was turned from http to https by the record.

b.test
  1 query, answered
  Priority  TargetName        ALPN  Became
     alias  \\x1b[2Jevil.test  –     ignored: AliasMode
  Following up would have taken at least 3 more queries: HTTPS, AAAA and A of
    \\x1b[2Jevil.test.

c.test
  1 query, answered
  Priority  TargetName  ALPN  Became
         –  –           –     ignored
  The log tells no more of what was ignored than this: unusable: AliasMode,
    another TargetName, another port, or no-default-alpn. Capture mode
    Everything would.
  The answer held 1 more record of which the log shows nothing, ignored as well.

e.test
  1 query, cut off by the browser
  HTTP/3 was known from Alt-Svc in 1 QUIC attempt.
  ECH was offered in 1 attempt: 1 accepted.

Another name
  1 name, without a record: d.test
`);
  });

  test('with only some hosts', async () => {
    const { stdout } = await netlogAnalyze(['https-records', 'trace.json', '--host', 'd.test'], surroundings);
    expect(stdout).toBe('Another name\n  1 name, without a record: d.test\n');
  });
});

test('csv has a row for each record', async () => {
  const { stdout } = await netlogAnalyze(['https-records', 'trace.json', '-f', 'csv', '--host', 'a.test', '--host', 'd.test'], surroundings);
  expect(stdout.split('\r\n')).toEqual([
    'name,priority,targetName,alpn,port,ech,hints,params,used,ignoredBecause,tcpWins,quicWins',
    'a.test,1,svc.test,h3 http/1.1,8443,false,,,false,another TargetName,0,0',
    'a.test,2,.,h2 http/1.1,,false,2001:db8::1,,true,,0,0',
    'd.test,,,,,,,,,,,',
    '',
  ]);
});

test('markdown has the same rows', async () => {
  const { stdout } = await netlogAnalyze(['https-records', 'trace.json', '-f', 'markdown', '--host', 'a.test'], surroundings);
  expect(stdout).toContain('| `a.test` | 1 | `svc.test` |');
});

test('json has names with all that is known of them', async () => {
  const { stdout } = await netlogAnalyze(['https-records', 'trace.json', '-f', 'json'], surroundings);
  const names: unknown = JSON.parse(stdout);
  expect(names).toMatchObject([
    { name: 'a.test', queries: { asked: 1, answered: 1 }, upgrades: 1, followUps: [{ name: 'svc.test', types: ['AAAA', 'A'], sentAlong: ['AAAA', 'A'] }], resolutionIds: [128] },
    { name: 'b.test' },
    { name: 'c.test', unseenRecords: 1 },
    { name: 'd.test', records: [] },
    { name: 'e.test', queries: { cut: 1 } },
  ]);
});

test('nothing to tell is said on stderr', async () => {
  const { stdout, stderr, exitCode } = await netlogAnalyze(['https-records', 'trace.json', '--host', 'x.test'], surroundings);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
  expect(stderr).toContain('no HTTPS records, nor queries for them --host x.test');
});
