/**
 * Which records of an answer a browser keeps, and by which rule it ignores the others: the rules as a real Chromium 156
 * showed them for sets of each kind (sample `https-records-hev3` and its like).
 */
import { describe, expect, it } from 'vitest';
import type { PublishedRecord } from '../../../src/model/dns/https-answer.ts';
import type { ServiceParams } from '../../../src/model/dns/service-params.ts';
import { type HttpsLookup, httpsRecordsOf } from '../../../src/model/reconstruct/https-records.ts';
import type { HttpsRecord } from '../../../src/model/resolution.ts';

const LOOKUP: HttpsLookup = { host: 'a.test', port: 443, answers: [], listed: [], unreadable: false, blank: false };

function service(priority: number, targetName = '.', params: Partial<ServiceParams> = {}, ownerName = 'a.test'): PublishedRecord {
  return { ownerName, binding: { mode: 'service', priority, targetName, params: { mandatory: [], alpn: ['h2'], noDefaultAlpn: false, ipv4Hint: [], ech: false, ipv6Hint: [], otherKeys: [], ...params } } };
}

const alias: PublishedRecord = { ownerName: 'a.test', binding: { mode: 'alias', targetName: 'b.test' } };
const malformed: PublishedRecord = { ownerName: 'a.test', binding: { mode: 'malformed' } };

function kept(priority: number, targetName = 'a.test'): HttpsRecord {
  return { ownerName: 'a.test', mode: 'service', priority, targetName, alpn: ['h2', 'http/1.1'], ech: false, ipv4Hint: [], ipv6Hint: [], used: true };
}

/** What is told of each record: `kept`, the rule that dropped it, or nothing. */
function fates(records: readonly PublishedRecord[], lookup: Partial<HttpsLookup> = {}): string[] {
  const told = httpsRecordsOf({ ...LOOKUP, ...lookup, answers: [{ records, additional: [] }] });
  return told.map(({ used, ignoredBecause }) => (used === true ? 'kept' : (ignoredBecause ?? 'unexplained')));
}

describe('ignores', () => {
  it.each([
    ['the whole set for a record in AliasMode', [alias, service(1)], ['AliasMode', 'another record of the set is in AliasMode']],
    ['the whole set for a malformed record', [malformed, service(1)], ['malformed', 'another record of the set is malformed']],
    ['another TargetName', [service(1, 'b.test')], ['another TargetName']],
    ['another port', [service(1, '.', { port: 8443 })], ['another port']],
    ['a mandatory key that RFC 9460 does not name', [service(1, '.', { mandatory: [65_280], otherKeys: [65_280] })], ['an unknown mandatory key']],
    ['a record without any protocol', [service(1, '.', { alpn: [], noDefaultAlpn: true })], ['no protocol: no-default-alpn without alpn']],
    ['no-default-alpn, if all that is left says so', [service(1, 'b.test'), service(2, '.', { noDefaultAlpn: true })], ['another TargetName', 'no-default-alpn in every usable record']],
  ])('%s', (_what, records, expected) => {
    expect(fates(records)).toEqual(expected);
  });
});

describe('keeps', () => {
  it.each([
    ['the owner itself', service(1)],
    ['the port asked for, and keys of RFC 9460 that are mandatory', service(1, '.', { port: 443, mandatory: [1, 3] })],
    ['a TargetName that is the host, in other letters', service(1, 'A.Test')],
  ])('%s', (_what, record) => {
    expect(fates([record], { listed: [kept(1)] })).toEqual(['kept']);
  });

  it('the end of a CNAME chain, and the host at a port of its own', () => {
    expect(fates([service(1, '.', {}, 'c.test')], { listed: [kept(1, 'c.test')] })).toEqual(['kept']);
    expect(fates([service(1, 'a.test', { port: 8443 }, '_8443._https.a.test')], { port: 8443, listed: [kept(1)] })).toEqual(['kept']);
  });

  it('no-default-alpn beside a record with the default', () => {
    expect(fates([service(1, '.', { noDefaultAlpn: true }), service(2)], { listed: [kept(1), kept(2)] })).toEqual(['kept', 'kept']);
  });
});

it('believes the log more than the rules', () => {
  expect(fates([service(1, 'b.test')], { listed: [kept(1, 'b.test')] })).toEqual(['kept']);
  expect(fates([service(1)])).toEqual(['unexplained']);
});

it('leaves open what the browser had not judged when the log ended', () => {
  const [record] = httpsRecordsOf({ ...LOOKUP, listed: undefined, answers: [{ records: [service(1, 'b.test')], additional: [] }] });
  expect(record).not.toHaveProperty('used');
  expect(record).not.toHaveProperty('ignoredBecause');
});

it('adds the default protocol, and names keys and what came along', () => {
  const answers = [{ records: [service(1, 'b.test', { alpn: ['h3'], mandatory: [1], otherKeys: [65_281], port: 443 })], additional: [{ name: 'B.test', type: 28 }, { name: 'c.test', type: 1 }] }];
  expect(httpsRecordsOf({ ...LOOKUP, answers })).toEqual([
    {
      ownerName: 'a.test',
      mode: 'service',
      priority: 1,
      targetName: 'b.test',
      alpn: ['h3', 'http/1.1'],
      port: 443,
      ech: false,
      ipv4Hint: [],
      ipv6Hint: [],
      mandatory: ['alpn'],
      otherParams: ['key65281'],
      sentAlong: ['AAAA'],
      used: false,
      ignoredBecause: 'another TargetName',
    },
  ]);
});

describe('without the answer as received', () => {
  it('tells what the browser listed, once', () => {
    expect(httpsRecordsOf({ ...LOOKUP, listed: [kept(1), kept(1)] })).toEqual([kept(1)]);
  });

  it('tells of an answer that it could not read', () => {
    expect(httpsRecordsOf({ ...LOOKUP, unreadable: true })).toMatchObject([{ ownerName: 'a.test', used: false, ignoredBecause: 'malformed' }]);
  });

  it('tells of records that left nothing behind', () => {
    expect(httpsRecordsOf({ ...LOOKUP, blank: true })).toMatchObject([{ used: false, ignoredBecause: 'an unknown mandatory key' }]);
  });

  it('tells nothing of nothing', () => {
    expect(httpsRecordsOf(LOOKUP)).toEqual([]);
  });
});
