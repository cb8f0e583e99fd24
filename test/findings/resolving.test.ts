/** Rules about DNS, on resolutions drawn by hand. */
import { describe, expect, it } from 'vitest';
import type { DnsTransaction, Resolution } from '../../src/model/resolution.ts';
import { judge } from '../../src/findings/judge.ts';
import { attempt, httpsRecord, raceOf, request, resolution, traceWith, transaction } from '../metrics/trace-builder.ts';
import { verdicts } from './findings-of.ts';

const server = '192.0.2.53:53';
const answered = (type: string, endMs: number, parts: Partial<DnsTransaction> = {}) =>
  transaction(type, { endMs, rcode: 'NOERROR', attempts: [{ transport: 'udp', server, startMs: 0, endMs }], ...parts });
const silent = (type: string, endMs: number, outcome: DnsTransaction['outcome'] = 'failed') =>
  transaction(type, { endMs, outcome, attempts: [{ transport: 'udp', server, startMs: 0, endMs, timedOut: true }] });
const resolved = (transactions: DnsTransaction[], parts: Partial<Resolution> = {}) => resolution({ id: 5, transactions, endMs: 400, ...parts });
const connecting = (startMs: number) => raceOf([attempt({ startMs, connectedMs: startMs + 20, endMs: startMs + 40 })], { resolutionIds: [5] });

describe('AAAA', () => {
  it('400 ms after A is a warning if connecting waited for it, information if not', () => {
    const late = resolved([answered('A', 20), answered('AAAA', 420)]);
    expect(verdicts({ resolutions: [late], races: [connecting(420)] })).toEqual(['warning dns.late_aaaa']);
    expect(verdicts({ resolutions: [late], races: [connecting(21)] })).toEqual(['info dns.late_aaaa']);
  });

  it('21 ms after A is usual', () => {
    expect(verdicts({ resolutions: [resolved([answered('A', 20), answered('AAAA', 41)])] })).toEqual([]);
  });

  it('never answered is an error if the name was not resolved for it', () => {
    const failed = resolved([answered('A', 20), silent('AAAA', 12_000)], { outcome: 'failed', netError: { code: -803, name: 'ERR_DNS_TIMED_OUT' } });
    expect(verdicts({ resolutions: [failed] })).toEqual(['error dns.late_aaaa']);
  });

  it('asked again and then answered is a lost query', () => {
    const lost = answered('AAAA', 1030, { attempts: [{ transport: 'udp', server, startMs: 0, timedOut: true, endMs: 1000 }, { transport: 'udp', server, startMs: 1000, endMs: 1030 }] });
    expect(verdicts({ resolutions: [resolved([answered('A', 20), lost])] })).toEqual(['warning dns.lost_queries']);
  });
});

describe('a name server', () => {
  it('that never answers is a warning beside one that does, an error alone', () => {
    const dead = [silent('A', 3000), silent('AAAA', 3000)];
    const good = answered('A', 20, { attempts: [{ transport: 'udp', server: '192.0.2.54:53', startMs: 0, endMs: 20 }] });
    expect(verdicts({ resolutions: [resolved(dead, { outcome: 'failed' })] })).toEqual(['error dns.silent_server']);
    expect(verdicts({ resolutions: [resolved(dead, { outcome: 'failed' }), resolved([good])] })).toEqual(['warning dns.silent_server']);
  });

  it('whose queries were cancelled at once proves nothing', () => {
    const cut = ['A', 'AAAA'].map((type) => transaction(type, { outcome: 'cancelled', endMs: 30, attempts: [{ transport: 'udp', server, startMs: 0 }] }));
    expect(verdicts({ durationMs: 500, resolutions: [resolved(cut, { outcome: 'cancelled' })] })).toEqual([]);
  });

  it('with SERVFAIL for one family has the other family’s good answer discarded', () => {
    const bad = answered('AAAA', 40, { outcome: 'failed', rcode: 'SERVFAIL' });
    const task = { kind: 'dns', startMs: 0, endMs: 40, outcome: 'failed' } as const;
    expect(verdicts({ resolutions: [resolved([answered('A', 20), bad], { outcome: 'failed', tasks: [task] })] })).toEqual(['error dns.server_failure']);
    expect(verdicts({ resolutions: [resolved([answered('A', 20), answered('HTTPS', 40, { outcome: 'cancelled', rcode: 'SERVFAIL' })])] })).toEqual(['warning dns.server_failure']);
  });
});

describe('an HTTPS record', () => {
  it('cut for its lateness is information, waited for a warning', () => {
    const addresses = [answered('A', 20), answered('AAAA', 20)];
    expect(verdicts({ resolutions: [resolved([...addresses, transaction('HTTPS', { outcome: 'cancelled', endMs: 25 })])] })).toEqual(['info dns.late_https']);
    expect(verdicts({ resolutions: [resolved([...addresses, answered('HTTPS', 90)])] })).toEqual(['warning dns.late_https']);
  });

  it('of which none is used is ignored, at the cost of the name where that has no address', () => {
    const httpsRecords = [httpsRecord({ used: false, ignoredBecause: 'AliasMode' })];
    expect(verdicts({ resolutions: [resolved([], { httpsRecords })] })).toEqual(['warning https.record_ignored']);
    expect(verdicts({ resolutions: [resolved([], { httpsRecords, outcome: 'failed' })] })).toEqual(['error https.record_ignored']);
    const upgraded = { outcome: 'failed', netError: { code: -809, name: 'ERR_DNS_NAME_HTTPS_ONLY' } } as const;
    expect(verdicts({ resolutions: [resolved([], { httpsRecords, ...upgraded })] })).toEqual(['warning https.record_ignored']);
    expect(verdicts({ resolutions: [resolved([], { httpsRecords: [...httpsRecords, httpsRecord({ used: true })] })] })).toEqual([]);
  });

  it('that the client follows to another name is not ignored', () => {
    const httpsRecords = [httpsRecord({ used: false })];
    const resolutions = [resolved([], { httpsRecords }), resolution({ id: 6, host: 'pool.example' })];
    expect(verdicts({ resolutions, races: [{ ...connecting(20), resolutionIds: [5, 6] }] })).toEqual([]);
  });
});

describe('a name', () => {
  const failed = { outcome: 'failed', netError: { code: -105, name: 'ERR_NAME_NOT_RESOLVED' } } as const;

  it('that does not exist is information', () => {
    const missing = ['A', 'AAAA'].map((type) => answered(type, 20, { outcome: 'failed', rcode: 'NXDOMAIN' }));
    expect(verdicts({ resolutions: [resolved(missing, failed)] })).toEqual(['info dns.name_not_found']);
  });

  it('that does not exist is told apart by who asked for it: a person, a page, or the browser itself', () => {
    const missing = (host: string) => resolved([answered('A', 20, { outcome: 'failed', rcode: 'NXDOMAIN' })], { ...failed, host });
    const [found] = judge(
      traceWith({
        resolutions: ['opened.test', 'image.test', 'update.test', 'probe.test'].map(missing),
        requests: [
          request({ url: 'https://update.test/', madeFor: 'browser' }),
          request({ url: 'https://image.test/a.png', madeFor: 'page' }),
          request({ url: 'https://opened.test/', madeFor: 'page' }),
          request({ url: 'https://opened.test/', madeFor: 'navigation' }),
        ],
      }),
    );
    expect(found?.detail).toBe('4 names: opened.test (opened as a page); image.test (asked for by a page); probe.test and update.test.');
  });

  it('that exists without an address is a warning', () => {
    expect(verdicts({ resolutions: [resolved([answered('A', 20), answered('AAAA', 20)], failed)] })).toEqual(['warning dns.no_address']);
  });
});

describe('DNS over HTTPS', () => {
  it('that falls back to plain DNS is a warning', () => {
    const tasks = [
      { kind: 'secure-dns', startMs: 0, endMs: 1011, outcome: 'failed', netError: { code: -803, name: 'ERR_DNS_TIMED_OUT' } },
      { kind: 'dns', startMs: 1011, endMs: 1035, outcome: 'ok' },
    ] as const;
    expect(verdicts({ resolutions: [resolved([], { tasks: [...tasks] })] })).toEqual(['warning doh.fallback']);
  });
});
