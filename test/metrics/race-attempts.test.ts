import { describe, expect, it } from 'vitest';
import { raceAttempts } from '../../src/metrics/race-attempts.ts';
import { raceFirstAttemptWinRate } from '../../src/metrics/race-first-attempt-win-rate.ts';
import { raceWastedAttempts } from '../../src/metrics/race-wasted-attempts.ts';
import type { Attempt, Race } from '../../src/model/race.ts';
import {
  attempt,
  forResolver,
  found,
  nothing,
  race,
  raceOf,
  request,
  traceWith,
  unusedPreconnect,
  v4,
  v6,
} from './trace-builder.ts';

const oneRace = (attempts: Attempt[], parts: Partial<Race> = {}) => traceWith({ races: [raceOf(attempts, parts)] });

describe('race.attempts', () => {
  const lost = attempt({ id: 1, outcome: 'lost' });
  const failed = attempt({ id: 2, outcome: 'failed' });
  const winner = attempt({ id: 3, ...v4 });

  it('counts the attempts of races that connected or failed, unused preconnects among them', () => {
    const races = [raceOf([lost, failed, winner]), raceOf([failed]), raceOf([winner, lost], unusedPreconnect)];
    expect(found(raceAttempts, traceWith({ races }))).toEqual({ n: 3, value: 2, values: [3, 1, 2] });
  });

  it('leaves out races that never got to an attempt, were cut short, or were for the resolver', () => {
    const races = [
      race({ outcome: 'failed' }),
      race({ outcome: 'pooled', attempts: [attempt({ outcome: 'cancelled' })] }),
      race({ outcome: 'cancelled', attempts: [attempt({ outcome: 'cancelled' })] }),
      race({ outcome: 'unfinished', attempts: [attempt({ outcome: 'unfinished' })] }),
      raceOf([winner], forResolver),
    ];
    expect(found(raceAttempts, traceWith({ races }))).toEqual(nothing);
  });
});

describe('race.first_attempt_win_rate', () => {
  const won = { n: 1, value: 1, values: [1] };
  const lost = { n: 1, value: 0, values: [0] };

  it('is 1 where the only attempt, or the first of several, wins', () => {
    expect(found(raceFirstAttemptWinRate, oneRace([attempt({})]))).toEqual(won);
    const slowButFirst = [attempt({ startMs: 30 }), attempt({ id: 2, ...v4, startMs: 280, outcome: 'lost' })];
    expect(found(raceFirstAttemptWinRate, oneRace(slowButFirst))).toEqual(won);
  });

  it('goes by start time, not by the order in which attempts are listed', () => {
    const listedLast = [attempt({ id: 2, ...v4, startMs: 280 }), attempt({ id: 1, startMs: 30, outcome: 'lost' })];
    expect(found(raceFirstAttemptWinRate, oneRace(listedLast))).toEqual(lost);
  });

  it('cannot order attempts within a millisecond, so either counts as first', () => {
    const quicStartsInTheSameTick = [
      attempt({ id: 1, startMs: 30, outcome: 'lost' }),
      attempt({ id: 2, transport: 'quic', startMs: 30.7 }),
    ];
    expect(found(raceFirstAttemptWinRate, oneRace(quicStartsInTheSameTick))).toEqual(won);
    const quicStartsOneTickLater = [
      attempt({ id: 1, startMs: 30, outcome: 'lost' }),
      attempt({ id: 2, transport: 'quic', startMs: 31.1 }),
    ];
    expect(found(raceFirstAttemptWinRate, oneRace(quicStartsOneTickLater))).toEqual(lost);
  });

  it('takes a second socket to the first endpoint for the first choice', () => {
    const twoSockets = [attempt({ id: 1, startMs: 30, outcome: 'spare' }), attempt({ id: 2, startMs: 33 })];
    expect(found(raceFirstAttemptWinRate, oneRace(twoSockets))).toEqual(won);
  });

  it('tells transports to the same endpoint apart', () => {
    const tcpAfterQuic = [
      attempt({ id: 1, transport: 'quic', startMs: 30, outcome: 'failed' }),
      attempt({ id: 2, startMs: 330 }),
    ];
    expect(found(raceFirstAttemptWinRate, oneRace(tcpAfterQuic))).toEqual(lost);
  });

  it('counts unused preconnects; leaves out races without a winner and those for the resolver', () => {
    const races = [
      raceOf([attempt({})], unusedPreconnect),
      raceOf([attempt({ outcome: 'failed' })]),
      raceOf([attempt({ outcome: 'unfinished' })], { outcome: 'unfinished' }),
      raceOf([attempt({ outcome: 'cancelled' })], { outcome: 'pooled' }),
      race({ outcome: 'connected' }),
      raceOf([attempt({})], forResolver),
    ];
    expect(found(raceFirstAttemptWinRate, traceWith({ races }))).toEqual(won);
  });
});

describe('race.wasted_attempts', () => {
  const winner = attempt({ id: 1, ...v4 });
  const spare = attempt({ id: 2, ...v4, outcome: 'spare' });
  const lost = attempt({ id: 3, ...v6, outcome: 'lost' });
  const failed = attempt({ id: 4, ...v6, outcome: 'failed' });
  const cancelled = attempt({ id: 5, ...v6, outcome: 'cancelled' });
  const running = attempt({ id: 6, ...v6, outcome: 'unfinished' });

  it('counts every attempt but the winner', () => {
    const races = [raceOf([failed, lost, winner, spare, cancelled, running]), raceOf([winner]), raceOf([lost, winner])];
    expect(found(raceWastedAttempts, traceWith({ races }))).toEqual({ n: 3, value: 1, values: [5, 0, 1] });
  });

  it('does not count spare connections that carried requests', () => {
    const races = [raceOf([lost, winner, spare])];
    const requests = [1, 2, 2].map((attemptId) => request({ attemptId }));
    expect(found(raceWastedAttempts, traceWith({ races, requests }))).toMatchObject({ values: [1] });
  });

  it('counts one of two connections whose requests all went to the spare one', () => {
    const trace = traceWith({ races: [raceOf([winner, spare])], requests: [request({ attemptId: 2 })] });
    expect(found(raceWastedAttempts, trace)).toMatchObject({ values: [1] });
  });

  it('counts each address that one socket tried in vain', () => {
    const parts = [attempt({ id: 1, part: 1, outcome: 'failed' }), attempt({ id: 1, part: 2, ...v4 })];
    const trace = traceWith({ races: [raceOf(parts)], requests: [request({ attemptId: 1 })] });
    expect(found(raceWastedAttempts, trace)).toMatchObject({ values: [1] });
  });

  it('counts unused preconnects; leaves out races that did not connect and those for the resolver', () => {
    const races = [
      raceOf([winner, spare], unusedPreconnect),
      raceOf([failed]),
      raceOf([running], { outcome: 'unfinished' }),
      raceOf([cancelled], { outcome: 'pooled' }),
      raceOf([winner, lost], forResolver),
    ];
    expect(found(raceWastedAttempts, traceWith({ races }))).toEqual({ n: 1, value: 1, values: [1] });
  });
});
