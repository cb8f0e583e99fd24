/** Holds a pack against its targets. */
import type { Pack, Runs, Target } from './pack.ts';
import { runsOf } from './run-pack.ts';

export interface JudgedPack {
  readonly pack: Pack;
  readonly rows: readonly JudgedTarget[];
}

export interface JudgedTarget {
  readonly target: Target;
  /** Absent: it never came to be, such as a client that never turned. */
  readonly value: number | undefined;
  /** `explained`: outside, for a reason that the target gives. */
  readonly verdict: 'met' | 'explained' | 'missed';
}

export function judge(pack: Pack, runs: Runs = runsOf(pack)): JudgedPack {
  return { pack, rows: pack.targets.map((target) => judgedOf(target, target.simulated(runs))) };
}

function judgedOf(target: Target, value: number | undefined): JudgedTarget {
  const [low, high] = target.within;
  // Rounding errors of sums are no reason to miss.
  const isMet = value !== undefined && value >= low - 1e-9 && value <= high + 1e-9;
  return { target, value, verdict: isMet ? 'met' : target.unless === undefined ? 'missed' : 'explained' };
}
