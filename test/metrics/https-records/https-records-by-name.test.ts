/** HTTPS records told name by name, counted by hand. */
import { describe, expect, it } from 'vitest';
import { type HttpsRecordsOfName, httpsRecordsByName } from '../../../src/metrics/https-records/https-records-by-name.ts';
import { nameOfOrigin, nameOfUrl } from '../../../src/metrics/https-records/query-name.ts';
import { IGNORED } from '../../../src/model/ignored-because.ts';
import type { Attempt, Race } from '../../../src/model/race.ts';
import type { HttpsRecord, Resolution } from '../../../src/model/resolution.ts';
import { aRace, aRequest, aResolution, aTransaction, anAttempt } from '../../report/builders.ts';

function aRecord(parts: Partial<HttpsRecord> = {}): HttpsRecord {
  return { ownerName: 'a.test', mode: 'service', priority: 1, targetName: 'a.test', alpn: ['h3', 'h2', 'http/1.1'], ech: false, ipv4Hint: [], ipv6Hint: [], used: true, ...parts };
}

function asked(httpsRecords: HttpsRecord[], answerCount = httpsRecords.length, parts: Partial<Resolution> = {}): Resolution {
  return aResolution({ transactions: [aTransaction({ type: 'HTTPS', endMs: 25, rcode: 'NOERROR', answerCount })], httpsRecords, ...parts });
}

function wonBy(transport: 'tcp' | 'quic', parts: Partial<Race> = {}, http3From?: Attempt['http3From']): Race {
  const attempt = anAttempt({ id: 7, ipEndpoint: '192.0.2.1:443', transport, ...(http3From !== undefined && { http3From }) });
  return aRace({ resolutionIds: [128], attempts: [attempt], winner: { attemptId: 7, transport, family: 'ipv4', ipEndpoint: '192.0.2.1:443', endpointStage: 'final' }, ...parts });
}

function only(traffic: Partial<Parameters<typeof httpsRecordsByName>[0]>): HttpsRecordsOfName {
  const [first, ...others] = httpsRecordsByName({ resolutions: [], races: [], requests: [], ...traffic });
  expect(others).toEqual([]);
  if (first === undefined) throw new Error('No name is told');
  return first;
}

describe('names', () => {
  it('are those of RFC 9460 section 9.1', () => {
    expect(nameOfOrigin({ scheme: 'https', host: 'a.test', port: 443 })).toBe('a.test');
    expect(nameOfOrigin({ scheme: 'https', host: 'a.test', port: 8443 })).toBe('_8443._https.a.test');
    expect(nameOfOrigin({ scheme: 'http', host: 'a.test', port: 80 })).toBe('a.test');
    expect(nameOfOrigin({ scheme: 'https', host: '2001:db8::1', port: 443 })).toBeUndefined();
    expect(nameOfUrl('http://a.test:8080/')).toBe('_8080._https.a.test');
    expect(nameOfUrl('no URL')).toBeUndefined();
  });

  it('come in order, without what nothing is to be told of', () => {
    const names = httpsRecordsByName({
      resolutions: [
        asked([], 0, { host: 'b.test', transactions: [aTransaction({ type: 'HTTPS', name: 'b.test', endMs: 25 })] }),
        aResolution({ host: 'never-asked.test' }),
        asked([aRecord()], 1, { forResolver: true }),
        asked([aRecord()]),
      ],
      races: [],
      requests: [],
    });
    expect(names.map(({ name }) => name)).toEqual(['b.test', 'a.test']);
  });
});

it('counts what became of queries', () => {
  const of = (outcome: 'ok' | 'failed' | 'cancelled' | 'unfinished', rcode?: string): Resolution =>
    aResolution({ transactions: [aTransaction({ type: 'HTTPS', outcome, ...(rcode !== undefined && { rcode }) }), aTransaction({ type: 'A' })] });
  const resolutions = [of('ok'), of('failed', 'NXDOMAIN'), of('failed', 'SERVFAIL'), of('cancelled'), of('unfinished')];
  expect(only({ resolutions }).queries).toEqual({ asked: 5, answered: 2, cut: 1, failed: 1 });
});

describe('records', () => {
  it('are told once, most preferred first, with the connections by the first that allows them', () => {
    const records = [aRecord({ priority: 2, alpn: ['h2', 'http/1.1'] }), aRecord({ priority: 1, alpn: ['h3'] })];
    const races = [wonBy('tcp'), wonBy('quic', {}, 'https-record'), wonBy('quic', {}, 'alt-svc'), wonBy('tcp', { resolutionIds: [1] })];
    const { records: told, http3, raceIds } = only({ resolutions: [asked(records), asked(records)], races });
    expect(told.map(({ priority, tcpWins, quicWins }) => ({ priority, tcpWins, quicWins }))).toEqual([
      { priority: 1, tcpWins: 0, quicWins: 1 },
      { priority: 2, tcpWins: 1, quicWins: 0 },
    ]);
    expect(http3).toEqual({ fromRecord: 1, fromAltSvc: 1 });
    expect(raceIds).toHaveLength(4);
  });

  it('of an answer are more than the cache keeps of them', () => {
    const cached = aResolution({ source: 'cache', httpsRecords: [aRecord()] });
    expect(only({ resolutions: [cached] }).records).toHaveLength(1);
    expect(only({ resolutions: [cached, asked([aRecord({ port: 443 })])] }).records.map(({ port }) => port)).toEqual([443]);
  });

  it('that the log does not show are counted, CNAMEs are not', () => {
    expect(only({ resolutions: [asked([aRecord()], 4, { aliases: ['b.test'] })] }).unseenRecords).toBe(2);
    expect(only({ resolutions: [asked([aRecord()], 1)] }).unseenRecords).toBe(0);
  });

  it('are explained, unless only a set of rules is known', () => {
    const unknown = aRecord({ used: false, ignoredBecause: IGNORED.unknown });
    expect(only({ resolutions: [asked([unknown])] }).records[0]?.explained).toBe(false);
    expect(only({ resolutions: [asked([aRecord({ used: false, ignoredBecause: IGNORED.port })])] }).records[0]?.explained).toBe(true);
  });
});

describe('following up', () => {
  const ignored = (ignoredBecause: string, parts: Partial<HttpsRecord>): HttpsRecord => aRecord({ used: false, ignoredBecause, ...parts });

  it('takes HTTPS, AAAA and A behind an alias, AAAA and A behind a TargetName, each once', () => {
    const records = [
      ignored(IGNORED.target, { targetName: 't.test', sentAlong: ['A', 'TXT'] }),
      ignored(IGNORED.target, { priority: 2, targetName: 't.test' }),
      ignored(IGNORED.alias, { mode: 'alias', priority: 0, targetName: 'b.test' }),
    ];
    expect(only({ resolutions: [asked(records)] }).followUps).toEqual([
      { name: 'b.test', types: ['HTTPS', 'AAAA', 'A'], sentAlong: [] },
      { name: 't.test', types: ['AAAA', 'A'], sentAlong: ['A'] },
    ]);
  });

  it('takes nothing where there is no service, nor for what is passed over with the set', () => {
    const records = [ignored(IGNORED.alias, { mode: 'alias', targetName: '.' }), ignored(IGNORED.besideAlias, { targetName: 't.test' })];
    expect(only({ resolutions: [asked(records)] }).followUps).toEqual([]);
  });

  it('of a port takes no query', () => {
    const told = only({ resolutions: [asked([ignored(IGNORED.port, { port: 8443 })])] });
    expect(told).toMatchObject({ followUps: [], otherPorts: [8443] });
  });
});

it('counts ECH by attempts, and pairs a rejection with the next attempt to the same address', () => {
  const at = (id: number, startMs: number, endMs: number, ech: NonNullable<Attempt['ech']>, ipEndpoint = '192.0.2.1:443'): Attempt => anAttempt({ id, ipEndpoint, startMs, endMs, ech });
  const races = [
    aRace({ attempts: [at(1, 0, 40, 'rejected'), at(2, 0, 40, 'rejected'), at(3, 10, 30, 'offered'), at(4, 41, 80, 'not-offered'), at(5, 50, 90, 'accepted', '192.0.2.2:443')] }),
    aRace({ outcome: 'failed', attempts: [at(6, 0, 40, 'invalid')] }),
    aRace({ outcome: 'failed', attempts: [at(7, 0, 40, 'not-offered')] }),
  ];
  expect(only({ races }).ech).toEqual({ offered: 4, accepted: 1, rejected: 2, retried: 1, invalid: 1, failedRaces: 1 });
});

it('counts upgrades from http, by the name of the https origin', () => {
  const requests = [aRequest({ url: 'http://a.test/', upgradedBy: 'https-record' }), aRequest({ url: 'http://a.test/', upgradedBy: 'hsts' }), aRequest({ url: 'https://a.test/' })];
  expect(only({ requests })).toMatchObject({ name: 'a.test', upgrades: 1 });
});

it('counts resolutions that offered addresses from hints', () => {
  const endpoint = { ipv4: [], ipv6: ['2001:db8::1'], alpn: ['h2'], ech: false };
  const hinted = asked([aRecord()], 1, { endpointUpdates: [{ atMs: 25, stage: 'intermediate', endpoints: [{ ...endpoint, fromHints: true }] }] });
  expect(only({ resolutions: [hinted, asked([aRecord()])] }).hinted).toBe(1);
});
