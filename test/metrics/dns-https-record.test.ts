import { describe, expect, it } from 'vitest';
import { dnsHttpsRecordPresenceRate } from '../../src/metrics/dns-https-record-presence-rate.ts';
import { dnsHttpsRecordUsedRate } from '../../src/metrics/dns-https-record-used-rate.ts';
import type { Resolution } from '../../src/model/resolution.ts';
import {
  forResolver,
  found,
  httpsRecord,
  nothing,
  resolution,
  traceWith,
  transaction,
} from './trace-builder.ts';

const resolutions = (...parts: Partial<Resolution>[]) => traceWith({ resolutions: parts.map(resolution) });
const answered = [transaction('HTTPS', {}), transaction('A', {})];

describe('dns.https_record.presence_rate', () => {
  it('is the share of resolutions with a record among those that got an HTTPS answer', () => {
    const noSuchName = [transaction('HTTPS', { outcome: 'failed', rcode: 'NXDOMAIN' })];
    const trace = resolutions(
      { transactions: answered, httpsRecords: [httpsRecord({})] },
      { transactions: answered },
      { transactions: noSuchName, outcome: 'failed' },
    );
    expect(found(dnsHttpsRecordPresenceRate, trace)).toMatchObject({ n: 3, values: [1, 0, 0] });
    expect(found(dnsHttpsRecordPresenceRate, trace).value).toBeCloseTo(1 / 3, 12);
  });

  it('leaves out resolutions that did not ask or got no answer in time', () => {
    const trace = resolutions(
      { transactions: [transaction('A', {}), transaction('AAAA', {})] },
      { transactions: [transaction('HTTPS', { outcome: 'cancelled' }), transaction('A', {})] },
      { transactions: [transaction('HTTPS', { outcome: 'unfinished' })], outcome: 'unfinished' },
      { transactions: answered, ...forResolver },
      { transactions: answered, source: 'stale-cache', httpsRecords: [httpsRecord({})] },
    );
    expect(found(dnsHttpsRecordPresenceRate, trace)).toEqual(nothing);
  });
});

describe('dns.https_record.used_rate', () => {
  const taken = httpsRecord({ used: true });
  const dropped = httpsRecord({ used: false, ignoredBecause: 'alias mode' });

  it('is the share of resolutions in which at least one record was taken', () => {
    const trace = resolutions(
      { httpsRecords: [dropped, taken] },
      { httpsRecords: [dropped] },
      { httpsRecords: [taken] },
    );
    expect(found(dnsHttpsRecordUsedRate, trace)).toMatchObject({ n: 3, values: [1, 0, 1] });
  });

  it('leaves out resolutions without records, with records not judged, the cache and the name of a DoH server', () => {
    const trace = resolutions(
      {},
      { httpsRecords: [httpsRecord({})] },
      { httpsRecords: [taken], source: 'cache' },
      { httpsRecords: [taken], ...forResolver },
    );
    expect(found(dnsHttpsRecordUsedRate, trace)).toEqual(nothing);
  });
});
