import { describe, expect, it } from 'vitest';
import { raceFailureRate } from '../../src/metrics/race-failure-rate.ts';
import { racePooledRate } from '../../src/metrics/race-pooled-rate.ts';
import { sessionAvoidableH3Rate } from '../../src/metrics/session-avoidable-h3-rate.ts';
import { sessionAvoidableRate } from '../../src/metrics/session-avoidable-rate.ts';
import type { Race } from '../../src/model/race.ts';
import { attempt, forResolver, found, nothing, race, raceOf, traceWith, unusedPreconnect } from './trace-builder.ts';

const races = (...parts: Partial<Race>[]) => traceWith({ races: parts.map(race) });

describe('race.failure_rate', () => {
  it('is the share of failures among races that connected or failed', () => {
    const trace = races({}, { outcome: 'failed' }, {}, { outcome: 'failed' });
    expect(found(raceFailureRate, trace)).toEqual({ n: 4, value: 0.5, values: [0, 1, 0, 1] });
  });

  it('leaves out races settled elsewhere, cut short, or failed without anyone waiting', () => {
    const trace = races(
      { outcome: 'pooled' },
      { outcome: 'cancelled' },
      { outcome: 'unfinished' },
      { outcome: 'failed', ...unusedPreconnect },
      { outcome: 'failed', ...forResolver },
    );
    expect(found(raceFailureRate, trace)).toEqual(nothing);
  });

  it('counts a preconnect that a request had joined when it failed', () => {
    expect(found(raceFailureRate, races({ outcome: 'failed', preconnect: true }))).toMatchObject({ n: 1, value: 1 });
  });
});

describe('race.pooled_rate', () => {
  it('is the share of pooled races among those that led to a connection', () => {
    const trace = races({ outcome: 'pooled' }, {}, {}, {});
    expect(found(racePooledRate, trace)).toEqual({ n: 4, value: 0.25, values: [1, 0, 0, 0] });
  });

  it('leaves out races that led to none, unused preconnects and those for the resolver', () => {
    const trace = races(
      { outcome: 'failed' },
      { outcome: 'cancelled' },
      { outcome: 'unfinished' },
      { outcome: 'pooled', ...unusedPreconnect },
      { outcome: 'pooled', ...forResolver },
    );
    expect(found(racePooledRate, trace)).toEqual(nothing);
  });
});

describe('session.avoidable_rate', () => {
  const overHttp2 = (parts: Partial<Race>): Race => {
    const made = raceOf([attempt({})], parts);
    return made.winner === undefined ? made : { ...made, winner: { ...made.winner, alpn: 'h2' } };
  };
  const overQuic = raceOf([attempt({ transport: 'quic' })], { avoidable: true });
  const [spared, needed, unknown] = [overHttp2({ avoidable: true }), overHttp2({ avoidable: false }), overHttp2({})];
  const trace = races(spared, needed, needed, unknown, overHttp2({ avoidable: true, ...forResolver }), overQuic);

  it('is the share of connections that could be spared among those that the log tells of', () => {
    expect(found(sessionAvoidableRate, trace)).toEqual({ n: 4, value: 0.5, values: [1, 0, 0, 1] });
  });

  it('is unknown where the log tells of no connection that was needed, but leaves some open', () => {
    expect(found(sessionAvoidableRate, races(spared, unknown))).toEqual(nothing);
    expect(found(sessionAvoidableRate, races(spared, spared))).toMatchObject({ n: 2, value: 1 });
  });

  it('is told for HTTP/3 apart', () => {
    expect(found(sessionAvoidableH3Rate, trace)).toEqual({ n: 1, value: 1, values: [1] });
  });
});
