import { describe, expect, it } from 'vitest';
import { raceCryptoWait } from '../../src/metrics/race-crypto-wait.ts';
import { raceDnsShare } from '../../src/metrics/race-dns-share.ts';
import { raceDuration } from '../../src/metrics/race-duration.ts';
import { raceTcpHeldBack } from '../../src/metrics/race-tcp-held-back.ts';
import type { Race } from '../../src/model/race.ts';
import { attempt, forResolver, found, nothing, race, raceOf, traceWith, unusedPreconnect } from './trace-builder.ts';

const races = (...parts: Partial<Race>[]) => traceWith({ races: parts.map(race) });

describe('race.duration', () => {
  it('is the median time of the races that connected', () => {
    const trace = races({ durationMs: 71 }, { durationMs: 1371 }, { durationMs: 325 });
    expect(found(raceDuration, trace)).toEqual({ n: 3, value: 325, values: [71, 1371, 325] });
  });

  it('counts a preconnect once a request used it', () => {
    const trace = races({ durationMs: 60, preconnect: true, requestIds: [7] }, { durationMs: 80, ...unusedPreconnect });
    expect(found(raceDuration, trace)).toEqual({ n: 1, value: 60, values: [60] });
  });

  it('leaves out races that made no connection and those to a DoH server', () => {
    const trace = races(
      { durationMs: 0, outcome: 'pooled' },
      { durationMs: 4000, outcome: 'failed' },
      { durationMs: 10, outcome: 'cancelled' },
      { outcome: 'unfinished' },
      { durationMs: 70, ...forResolver },
    );
    expect(found(raceDuration, trace)).toEqual(nothing);
  });
});

describe('race.dns_share', () => {
  it('is the part of the race before the first endpoints', () => {
    const trace = races(
      { startMs: 100, durationMs: 80, dns: { startMs: 100, firstEndpointsMs: 120, finalMs: 170 } },
      { startMs: 500, durationMs: 50, dns: { firstEndpointsMs: 500 } },
    );
    expect(found(raceDnsShare, trace)).toEqual({ n: 2, value: 0.125, values: [0.25, 0] });
  });

  it('stays between 0 and 1 where endpoints came before the race or after the winner', () => {
    const trace = races(
      { startMs: 100, durationMs: 50, dns: { firstEndpointsMs: 90 } },
      { startMs: 100, durationMs: 50, dns: { firstEndpointsMs: 160 } },
    );
    expect(found(raceDnsShare, trace)).toMatchObject({ values: [0, 1] });
  });

  it('leaves out races of no length, without resolution, not connected, or awaited by no page', () => {
    const dns = { firstEndpointsMs: 20 };
    const trace = races(
      { durationMs: 0, dns: { firstEndpointsMs: 0 } },
      { durationMs: 50 },
      { dns },
      { durationMs: 50, dns, outcome: 'failed' },
      { durationMs: 50, dns, ...unusedPreconnect },
      { durationMs: 50, dns, ...forResolver },
    );
    expect(found(raceDnsShare, trace)).toEqual(nothing);
  });
});

describe('race.crypto_wait', () => {
  it('is the wait that the log tells of connected races, 0 included', () => {
    const trace = races({ delays: { cryptoWaitMs: 172 } }, { delays: { cryptoWaitMs: 0 } }, { delays: {} });
    expect(found(raceCryptoWait, trace)).toEqual({ n: 2, value: 86, values: [172, 0] });
  });

  it('leaves out races not connected or awaited by no page', () => {
    const delays = { cryptoWaitMs: 172 };
    const trace = races(
      { delays, outcome: 'unfinished' },
      { delays, outcome: 'failed' },
      { delays, ...unusedPreconnect },
      { delays, ...forResolver },
    );
    expect(found(raceCryptoWait, trace)).toEqual(nothing);
  });
});

describe('race.tcp_held_back', () => {
  const overTcp = [attempt({})];
  const overQuic = [attempt({ transport: 'quic' })];

  it('is how long TCP waited for QUIC in the races it won', () => {
    const trace = traceWith({
      races: [
        raceOf(overTcp, { delays: { tcpBasedAttemptDelayMs: 300, tcpHeldBackMs: 301 } }),
        raceOf(overTcp, { delays: { tcpBasedAttemptDelayMs: 35, tcpHeldBackMs: 36 } }),
        raceOf(overTcp, { delays: {} }),
      ],
    });
    expect(found(raceTcpHeldBack, trace)).toEqual({ n: 2, value: 168.5, values: [301, 36] });
  });

  it('leaves out races that QUIC won, that did not connect or that no page awaited', () => {
    const delays = { tcpHeldBackMs: 300 };
    const trace = traceWith({
      races: [
        raceOf(overQuic, { delays }),
        race({ delays }),
        raceOf(overTcp, { delays, outcome: 'unfinished' }),
        raceOf(overTcp, { delays, ...unusedPreconnect }),
        raceOf(overTcp, { delays, ...forResolver }),
      ],
    });
    expect(found(raceTcpHeldBack, trace)).toEqual(nothing);
  });
});
