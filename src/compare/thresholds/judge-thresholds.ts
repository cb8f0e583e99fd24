/**
 * Holds thresholds against runs.
 *
 * A limit of one side is held against the median over the runs; one on `count`, `n`, `min` or `max` against every run. A
 * difference is the Hodges–Lehmann shift over the runs; beyond its bound it fails only if it is significant too. With too
 * few runs for a test the raw difference of the medians is judged, and only bounds with an absolute part can fail: a
 * percentage alone is no limit for a handful of milliseconds. A difference for the better never fails.
 */
import { z } from 'zod';
import { quantile } from '../../metrics/statistics/quantile.ts';
import { isSample, type Sample } from '../../metrics/statistics/sample.ts';
import { comparesCounts, type ComparabilityFact } from '../comparability.ts';
import { runMetricSchema, valuesOf, type Run } from '../run.ts';
import type { Settings } from '../settings.ts';
import { differenceOf } from '../significance.ts';
import { isNumberOfThings, statisticOf, type Statistic } from '../statistic.ts';
import { limitStateSchema } from '../verdict.ts';
import { holds, type Comparator, type Expression } from './expression.ts';
import { levelSchema, UNEXPECTED_HOSTS, type Threshold } from './threshold.ts';

export const limitOutcomeSchema = z.object({
  metric: z.string(),
  unit: runMetricSchema.shape.unit.describe('Of the numbers below'),
  condition: z.string(),
  level: levelSchema,
  line: z.number().int().describe('Of the thresholds file'),
  state: limitStateSchema,
  observed: z.number().optional().describe('What was held against the limit: a value, or a difference'),
  limit: z.number().optional(),
  pValue: z.number().optional(),
  reason: z.string().optional(),
  hosts: z.array(z.string()).optional().describe('Those that may not be contacted, and were'),
});
export type LimitOutcome = Readonly<z.infer<typeof limitOutcomeSchema>>;

export interface JudgedSides {
  /** `undefined`: there is only one side. */
  readonly base: readonly Run[] | undefined;
  readonly new: readonly Run[];
  readonly facts: readonly ComparabilityFact[];
}

export function judgeThresholds(thresholds: readonly Threshold[], sides: JudgedSides, settings: Settings): LimitOutcome[] {
  return thresholds.map((threshold) => {
    const { metric, text, level, line, expression } = threshold;
    const judged = expression.kind === 'limit' ? judgeLimit(threshold, expression, sides) : judgeDelta(threshold, expression, sides, settings);
    const unit = isNumberOfThings(expression.statistic) ? 'count' : metric.unit;
    return { metric: metric.id, unit, condition: text, level, line, ...judged, ...unexpectedHosts(threshold, sides.new) };
  });
}

type Judged = Pick<LimitOutcome, 'state' | 'observed' | 'limit' | 'pValue' | 'reason'>;
type Limit = Extract<Expression, { kind: 'limit' }>;
type Delta = Extract<Expression, { kind: 'delta' }>;

/** What the runs have for a threshold, one value per run that has something to count. Of things merely numbered, none are 0. */
export function thresholdValues({ metric, expression, allows }: Threshold, runs: readonly Run[]): number[] {
  if (metric.id !== UNEXPECTED_HOSTS.id && metric.kind === 'total')
    return runs.flatMap(({ metrics }) => {
      const found = metrics.find(({ id }) => id === metric.id);
      return found === undefined ? [0] : (statisticOf(found, expression.statistic) ?? []);
    });
  if (metric.id !== UNEXPECTED_HOSTS.id) return valuesOf(runs, metric.id, (found) => statisticOf(found, expression.statistic));
  return runs.flatMap(({ hosts }) => (hosts === undefined ? [] : [hosts.filter(({ host }) => !allows(host)).length]));
}

const EACH_RUN: ReadonlySet<Statistic> = new Set(['count', 'n', 'min', 'max']);

function judgeLimit(threshold: Threshold, { statistic, comparator, limit }: Limit, sides: JudgedSides): Judged {
  const values = thresholdValues(threshold, sides.new);
  if (!isSample(values)) return nothingToCount(threshold, sides.new);
  const observed = EACH_RUN.has(statistic) ? worst(values, comparator, limit) : quantile(values, 0.5);
  return { state: holds(observed, comparator, limit) ? 'passed' : 'failed', observed, limit };
}

/** The value that is the first to break the limit. */
function worst(values: Sample, comparator: Comparator, limit: number): number {
  switch (comparator) {
    case '<':
    case '<=':
      return values.reduce((most, value) => Math.max(most, value));
    case '>':
    case '>=':
      return values.reduce((least, value) => Math.min(least, value));
    case '==':
    case '!=':
      return values.find((value) => !holds(value, comparator, limit)) ?? values[0];
  }
}

function judgeDelta(threshold: Threshold, delta: Delta, sides: JudgedSides, settings: Settings): Judged {
  if (sides.base === undefined) return { state: 'skipped', reason: 'a difference needs two sides; compare has them' };
  const unequal = inequality(threshold, delta.statistic, sides.facts);
  if (unequal !== undefined) return { state: 'not comparable', reason: unequal };
  const [base, next] = [thresholdValues(threshold, sides.base), thresholdValues(threshold, sides.new)];
  if (!isSample(next)) return nothingToCount(threshold, sides.new);
  if (!isSample(base)) return { state: threshold.optional ? 'skipped' : 'inconclusive', reason: 'the base has nothing to count' };
  const middle = quantile(base, 0.5);
  const limit = delta.sign * Math.max((delta.relative ?? 0) * Math.abs(middle), delta.absolute ?? 0);
  const tested = Math.min(base.length, next.length) >= settings.minRuns ? differenceOf(base, next, settings) : undefined;
  const observed = tested?.shift ?? quantile(next, 0.5) - middle;
  const judged = { observed, limit, ...(tested === undefined ? {} : { pValue: tested.pValue }) };
  if (holds(observed, delta.comparator, limit) || isBetter(observed, threshold, delta.statistic)) return { state: 'passed', ...judged };
  if (tested !== undefined) {
    return tested.pValue <= settings.alpha
      ? { state: 'failed', ...judged }
      : { state: 'inconclusive', ...judged, reason: 'beyond the limit, but not beyond chance' };
  }
  const runs = `${base.length} and ${next.length} runs, no test`;
  return delta.absolute === undefined
    ? { state: 'inconclusive', ...judged, reason: `${runs}; a limit without an absolute part cannot fail` }
    : { state: 'failed', ...judged, reason: `${runs}; judged by the difference itself` };
}

function isBetter(difference: number, { metric }: Threshold, statistic: Statistic): boolean {
  // How many things were measured is neither good nor bad.
  const isSampleSize = statistic === 'n' || (statistic === 'count' && metric.kind === 'median' && metric.unit !== 'count');
  return !isSampleSize && ((metric.better === 'lower' && difference < 0) || (metric.better === 'higher' && difference > 0));
}

function inequality({ metric }: Threshold, statistic: Statistic, facts: readonly ComparabilityFact[]): string | undefined {
  const cause = facts.find(({ notComparable }) => notComparable.includes(metric.id));
  if (cause !== undefined) return `the sides differ in ${cause.fact}`;
  return isNumberOfThings(statistic) && !comparesCounts(facts) ? 'the sides were not recorded for as long, or not whole' : undefined;
}

function nothingToCount({ metric, optional }: Threshold, runs: readonly Run[]): Judged {
  const unknownHosts = metric.id === UNEXPECTED_HOSTS.id && runs.some(({ hosts }) => hosts === undefined);
  return { state: optional ? 'skipped' : 'inconclusive', reason: unknownHosts ? 'a baseline names no hosts' : 'nothing to count' };
}

function unexpectedHosts({ metric, allows }: Threshold, runs: readonly Run[]): Pick<LimitOutcome, 'hosts'> {
  if (metric.id !== UNEXPECTED_HOSTS.id) return {};
  const hosts = new Set(runs.flatMap((run) => run.hosts ?? []).map(({ host }) => host));
  return { hosts: [...hosts].filter((host) => !allows(host)).toSorted() };
}
