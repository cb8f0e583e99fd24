/** Rules about sessions, the client's network and the log itself. */
import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/model/session.ts';
import { attempt, race, raceOf, request } from '../metrics/trace-builder.ts';
import { verdicts } from './findings-of.ts';

const evidence = { sourceIds: [3], eventIndices: [30] };
const session = (migrations: Session['migrations']): Session => ({ id: 3, protocol: 'h3', hosts: ['a.test'], startMs: 0, requestCount: 1, pooledHosts: [], pooled: [], migrations, evidence });

describe('a session', () => {
  it.each([
    ['path-degrading', 'migrated', 'warning quic.path_broken'],
    ['path-degrading', 'validation-failed', 'warning quic.path_broken'],
    ['server-preferred-address', 'validation-failed', 'warning quic.preferred_address_unused'],
    ['server-preferred-address', 'not-tried', 'info quic.preferred_address_unused'],
  ])('with a migration for %s that ended as %s', (cause, outcome, verdict) => {
    expect(verdicts({ sessions: [session([{ atMs: 10, cause, outcome }])] })).toEqual([verdict]);
  });

  it('moved to the server’s preferred address is as it should be', () => {
    expect(verdicts({ sessions: [session([{ atMs: 10, cause: 'server-preferred-address', outcome: 'migrated' }])] })).toEqual([]);
  });

  it('made anew where another had the right certificate was avoidable', () => {
    expect(verdicts({ races: [raceOf([attempt({ connectedMs: 20, endMs: 40 })], { avoidable: true })] })).toEqual(['info session.avoidable']);
  });
});

describe('a change of the network', () => {
  const cut = raceOf([attempt({ outcome: 'cancelled', cancelReason: 'IpAddressChanged', endMs: 900 })], { outcome: 'failed' });

  it('in the midst of a race is a warning, and blames no address', () => {
    expect(verdicts({ races: [cut] })).toEqual(['warning network.changed']);
    const connectJobs = raceOf([attempt({ outcome: 'cancelled', endMs: 9000 })], { outcome: 'failed', netError: { code: -21, name: 'ERR_NETWORK_CHANGED' }, destination: { scheme: 'https', host: 'a.test', port: 443 } });
    expect(verdicts({ races: [connectJobs] })).toEqual(['warning network.changed']);
  });

  it('while nothing raced is information', () => {
    expect(verdicts({ races: [race({})], networkChanges: [{ atMs: 5, evidence }] })).toEqual(['info network.changed']);
  });
});

describe('a log', () => {
  it('that is not whole says so before anything else of that weight', () => {
    const unfinished = race({ outcome: 'unfinished' });
    expect(verdicts({ complete: false, races: [unfinished] })).toEqual(['warning log.incomplete']);
  });

  it('with spans that end before they begin had its clock stepped; a few milliseconds are no step', () => {
    expect(verdicts({ races: [race({ startMs: 500, endMs: 100 })] })).toEqual(['info log.clock_step']);
    expect(verdicts({ races: [race({ startMs: 105, endMs: 100 })] })).toEqual([]);
  });
});

describe('a connectivity check', () => {
  const check = (status: number) => verdicts({ races: [race({})], requests: [request({ url: 'http://connectivitycheck.example/generate_204', status })] });

  it('answered by other than 204 is a sign of a captive portal', () => {
    expect(check(302)).toEqual(['warning middlebox.captive_portal']);
    expect(check(204)).toEqual([]);
  });
});
