/** Counterfactuals: replay first, then other policies, then totals by hand. */
import { describe, expect, it } from 'vitest';
import { inferRaces } from '../../src/whatif/infer-races.ts';
import type { SimulatedRace } from '../../src/whatif/race-watch.ts';
import { whatIf } from '../../src/whatif/what-if.ts';
import { totalsOf } from '../../src/whatif/what-if-totals.ts';
import { dualStack, parameters, traceOf, V6_DEAD } from './simulated-trace.ts';

const policy = (profile: string, overrides = {}) => ({ profile, parameters: parameters(profile, overrides) });
const dead = inferRaces(traceOf(dualStack({ rules: [V6_DEAD] }), 'chromium-hev2'));

describe('another policy in the network of a trace', () => {
  it('connects when it would have', () => {
    const { replayed, notUsed } = whatIf(dead, [policy('chromium-hev2'), policy('chromium-hev3'), policy('chromium-hev3', { connectionAttemptDelayMs: 150 })], 3);
    expect(notUsed).toEqual([]);
    // DNS 30, the delay of the policy, TCP and TLS 30 each.
    expect(replayed[0]?.replay.afterMs).toBe(30 + 300 + 60);
    expect(replayed[0]?.runs.map((runs) => runs.map(({ afterMs }) => afterMs))).toEqual([[390], [340], [240]]);
    expect(replayed[0]?.assumed).toEqual([expect.stringMatching(/^no answer within 3\d\d ms/), "it never came to a TLS handshake: as the host's addresses of the other family"]);
  });

  it('is not asked where the replay is not what was recorded', () => {
    const [race] = dead.races;
    const recorded = race!.recorded!;
    const changed = (change: object) => whatIf({ ...dead, races: [{ ...race!, recorded: { ...recorded, ...change } }] }, [], 1);
    expect(changed({ afterMs: 390 + 38 }).notUsed).toEqual([]);
    expect(changed({ afterMs: 390 + 60 }).notUsed.map(({ because }) => because)).toEqual(['other-time']);
    expect(changed({ outcome: 'failed' }).notUsed.map(({ because }) => because)).toEqual(['other-outcome']);
    expect(changed({ winner: { ...recorded.winner, transport: 'quic' } }).notUsed.map(({ because }) => because)).toEqual(['other-winner']);
  });

  it('is not asked of preconnects that nobody used', () => {
    const races = dead.races.map((race) => ({ ...race, awaited: false }));
    expect(whatIf({ ...dead, races }, [], 1)).toEqual({ replayed: [], notUsed: [] });
  });
});

describe('totals', () => {
  const run = (afterMs: number | undefined, attempts = 1): SimulatedRace => ({ outcome: afterMs === undefined ? 'failed' : 'connected', ...(afterMs !== undefined && { afterMs }), attempts, familyFallback: false, transportFallback: false, intermediateWin: false });
  const [{ replayed: [pattern] }] = [whatIf(dead, [], 1)];
  const replayed = (now: SimulatedRace, ...then: readonly SimulatedRace[]) => ({ ...pattern!, replay: now, runs: [then] });

  it('pair each race with itself', () => {
    const races = [replayed(run(100), run(60)), replayed(run(200), run(200)), replayed(run(300), run(350)), replayed(run(400), run(undefined))];
    expect(totalsOf(races, 0, 1)).toMatchObject({
      races: 3,
      connect: { nowMs: 200, thenMs: 200, differenceMs: 0 },
      sooner: 1,
      later: 1,
      failures: { now: 0, would: 1, low: 1, high: 1 },
    });
    expect(totalsOf(races, 0, 1).connect?.interval).toBeUndefined();
  });

  it('give the interval of the median from six races on, by order statistics', () => {
    const races = [-60, -50, -40, -30, -20, -10, 0, 10, 20].map((difference) => replayed(run(100), run(100 + difference)));
    // n = 9: ranks 9/2 ± 1.96 · √9/2 are 1.56 and 7.44, so the second and the eighth.
    expect(totalsOf(races, 0, 1).connect).toEqual({ nowMs: 100, thenMs: 80, differenceMs: -20, interval: { low: -50, high: 10 } });
  });

  it('count attempts for each draw', () => {
    // One race of known network, one that makes 1, 2 or 3 attempts: 5, 6 or 7 in all.
    const races = [replayed(run(50, 1), run(50, 4)), replayed(run(50, 1), run(50, 1), run(50, 2), run(50, 3))];
    const { attempts } = totalsOf(races, 0, 3);
    expect(attempts).toMatchObject({ now: 2, would: 6 });
    expect([attempts.low, attempts.high].map(Math.round)).toEqual([5, 7]);
  });

  it('of nothing are nothing', () => {
    expect(totalsOf([], 0, 5)).toMatchObject({ races: 0, sooner: 0, attempts: { now: 0, would: 0 } });
  });
});
