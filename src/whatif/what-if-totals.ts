/** Counterfactuals in total: for each policy what it would have changed, with intervals. */
import { quantile } from '../metrics/statistics/quantile.ts';
import { isSample, type Sample } from '../metrics/statistics/sample.ts';
import type { Millis } from '../units.ts';
import type { SimulatedRace } from './race-watch.ts';
import { toleranceFor } from './tolerance.ts';
import type { ReplayedRace } from './what-if.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A sum over all races, now and under the policy, and the range that 95 % of the draws of what is not told give; the same twice if all is told. */
export interface Count extends Interval {
  readonly now: number;
  /** The median of the draws. */
  readonly would: number;
}

export interface PolicyTotals {
  /** Races that connect under both policies. */
  readonly races: number;
  /** Absent: there is none. */
  readonly connect?: {
    readonly nowMs: Millis;
    readonly thenMs: Millis;
    /** Median of the differences of each race, negative if it is sooner. */
    readonly differenceMs: Millis;
    /** Of the median: 95 %, from order statistics; absent: fewer than six races. */
    readonly interval?: Interval;
  };
  /** By more than the tolerance. */
  readonly sooner: number;
  readonly later: number;
  readonly attempts: Count;
  readonly familyFallbacks: Count;
  readonly transportFallbacks: Count;
  /** Won by an attempt that began before the last DNS answer. */
  readonly intermediateWins: Count;
  readonly failures: Count;
}

/** @param policy position among those asked for. */
export function totalsOf(replayed: readonly ReplayedRace[], policy: number, seeds: number): PolicyTotals {
  const pairs = replayed.flatMap(({ replay, runs }): readonly Pair[] => {
    const thenMs = typicalTime(runs[policy] ?? []);
    return replay.outcome === 'connected' && replay.afterMs !== undefined && thenMs !== undefined ? [{ nowMs: replay.afterMs, thenMs }] : [];
  });
  const count = (value: (race: SimulatedRace) => number): Count => countOver(replayed, policy, seeds, value);
  return {
    races: pairs.length,
    ...connectOf(pairs),
    sooner: pairs.filter(({ nowMs, thenMs }) => nowMs - thenMs > toleranceFor(nowMs)).length,
    later: pairs.filter(({ nowMs, thenMs }) => thenMs - nowMs > toleranceFor(nowMs)).length,
    attempts: count(({ attempts }) => attempts),
    familyFallbacks: count(({ familyFallback }) => Number(familyFallback)),
    transportFallbacks: count(({ transportFallback }) => Number(transportFallback)),
    intermediateWins: count(({ intermediateWin }) => Number(intermediateWin)),
    failures: count(({ outcome }) => Number(outcome !== 'connected')),
  };
}

interface Pair {
  readonly nowMs: Millis;
  readonly thenMs: Millis;
}

/** The median of the runs that connect, if most do. */
export function typicalTime(runs: readonly SimulatedRace[]): Millis | undefined {
  const times = runs.flatMap(({ outcome, afterMs }) => (outcome === 'connected' && afterMs !== undefined ? [afterMs] : []));
  return isSample(times) && times.length * 2 > runs.length ? quantile(times, 0.5) : undefined;
}

function connectOf(pairs: readonly Pair[]): Pick<PolicyTotals, 'connect'> {
  const now = pairs.map(({ nowMs }) => nowMs);
  const then = pairs.map(({ thenMs }) => thenMs);
  const differences = pairs.map(({ nowMs, thenMs }) => thenMs - nowMs).toSorted((a, b) => a - b);
  if (!isSample(now) || !isSample(then) || !isSample(differences)) return {};
  const interval = medianInterval(differences);
  return { connect: { nowMs: quantile(now, 0.5), thenMs: quantile(then, 0.5), differenceMs: quantile(differences, 0.5), ...(interval !== undefined && { interval }) } };
}

/** Half the width of 95 % of a normal distribution, in standard deviations. */
const Z = 1.96;

/** Distribution-free: the order statistics that hold the median in 95 of 100 samples (normal approximation to the binomial). */
function medianInterval(sorted: Sample): Interval | undefined {
  const n = sorted.length;
  // Of five values not even the extremes hold it as often (1 - 2 / 2^5 is 94 %).
  if (n < 6) return undefined;
  const half = (Z * Math.sqrt(n)) / 2;
  const low = sorted[Math.max(0, Math.floor(n / 2 - half))];
  const high = sorted[Math.min(n - 1, Math.ceil(n / 2 + half) - 1)];
  return low === undefined || high === undefined ? undefined : { low, high };
}

function countOver(replayed: readonly ReplayedRace[], policy: number, seeds: number, value: (race: SimulatedRace) => number): Count {
  const sums = Array.from({ length: seeds }, () => 0);
  let now = 0;
  for (const { replay, runs } of replayed) {
    now += value(replay);
    const own = runs[policy] ?? [];
    for (const seed of sums.keys()) {
      const run = own[seed % own.length];
      if (run !== undefined) sums[seed] = (sums[seed] ?? 0) + value(run);
    }
  }
  if (!isSample(sums)) return { now, would: 0, low: 0, high: 0 };
  return { now, would: quantile(sums, 0.5), low: quantile(sums, 0.025), high: quantile(sums, 0.975) };
}
