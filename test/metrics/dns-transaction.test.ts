import { describe, expect, it } from 'vitest';
import { dnsTransactionADuration } from '../../src/metrics/dns-transaction-a-duration.ts';
import { dnsTransactionAaaaDuration } from '../../src/metrics/dns-transaction-aaaa-duration.ts';
import { dnsTransactionHttpsDuration } from '../../src/metrics/dns-transaction-https-duration.ts';
import { forResolver, found, nothing, resolution, traceWith, transaction } from './trace-builder.ts';

describe('dns.transaction durations', () => {
  it('keep the query types apart and run from start to answer', () => {
    const transactions = [
      transaction('HTTPS', { startMs: 100, endMs: 290 }),
      transaction('AAAA', { startMs: 100, endMs: 123 }),
      transaction('A', { startMs: 101, endMs: 501 }),
    ];
    const trace = traceWith({ resolutions: [resolution({ transactions })] });
    expect(found(dnsTransactionADuration, trace)).toEqual({ n: 1, value: 400, values: [400] });
    expect(found(dnsTransactionAaaaDuration, trace)).toEqual({ n: 1, value: 23, values: [23] });
    expect(found(dnsTransactionHttpsDuration, trace)).toEqual({ n: 1, value: 190, values: [190] });
  });

  it('count a name that does not exist, which is an answer, and no other failure', () => {
    const transactions = [
      transaction('A', { endMs: 25, outcome: 'failed', rcode: 'NXDOMAIN' }),
      transaction('A', { endMs: 26, outcome: 'failed', rcode: 'SERVFAIL' }),
      transaction('A', { endMs: 5000, outcome: 'failed' }),
    ];
    const trace = traceWith({ resolutions: [resolution({ transactions, outcome: 'failed' })] });
    expect(found(dnsTransactionADuration, trace)).toEqual({ n: 1, value: 25, values: [25] });
  });

  it('count the transactions of a resolution that was cancelled after they were answered', () => {
    const transactions = [transaction('A', { endMs: 22 }), transaction('A', { endMs: 24 })];
    const trace = traceWith({ resolutions: [resolution({ transactions, outcome: 'cancelled' })] });
    expect(found(dnsTransactionADuration, trace)).toEqual({ n: 2, value: 23, values: [22, 24] });
  });

  it('leave out cancelled and unfinished ones, clock steps and the name of a DoH server', () => {
    const transactions = [
      transaction('HTTPS', { endMs: 30, outcome: 'cancelled' }),
      transaction('HTTPS', { outcome: 'unfinished' }),
      transaction('HTTPS', { startMs: 30, endMs: 28 }),
    ];
    const bootstrap = resolution({ transactions: [transaction('HTTPS', { endMs: 20 })], ...forResolver });
    const trace = traceWith({ resolutions: [resolution({ transactions }), bootstrap] });
    expect(found(dnsTransactionHttpsDuration, trace)).toEqual(nothing);
  });
});
