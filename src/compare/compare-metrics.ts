/**
 * Every metric of two sides, with a verdict each.
 *
 * Metrics that have a threshold are judged at `alpha` each, because somebody chose them; all others are held together,
 * so that of a hundred comparisons of equal sides at most `alpha` raise any false alarm at all (Holm).
 */
import { z } from 'zod';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { quantile } from '../metrics/statistics/quantile.ts';
import { isSample, type Sample } from '../metrics/statistics/sample.ts';
import type { ComparabilityFact } from './comparability.ts';
import { runMetricSchema, valuesOf, type MetricTraits, type Run, type RunMetric } from './run.ts';
import type { Settings } from './settings.ts';
import { differenceOf, differenceSchema, type Difference } from './significance.ts';
import { bootstrapInterval } from './statistics/bootstrap-interval.ts';
import { holm } from './statistics/holm.ts';
import { intervalSchema } from './statistics/interval.ts';
import { verdictSchema, type Verdict } from './verdict.ts';

const sideValuesSchema = z.object({
  values: z.array(z.number()).describe('One per run, in order of the runs'),
  median: z.number(),
  interval: intervalSchema.optional().describe('Bootstrap confidence interval of the median; absent with too few runs'),
});
export type SideValues = Readonly<z.infer<typeof sideValuesSchema>>;

export const metricComparisonSchema = runMetricSchema.pick({ id: true, title: true, unit: true, better: true, kind: true }).extend({
  verdict: verdictSchema,
  reason: z.string().optional().describe('Why it could not be told'),
  base: sideValuesSchema.optional(),
  new: sideValuesSchema.optional(),
  delta: z.number().optional().describe('Median of new less median of base'),
  difference: differenceSchema.optional().describe('Absent with too few runs'),
  adjustedPValue: z.number().optional().describe('By Holm, over all metrics without a threshold; absent for those with one'),
});
export type MetricComparison = Readonly<z.infer<typeof metricComparisonSchema>>;

interface Sides {
  readonly base: readonly Run[];
  readonly new: readonly Run[];
}

/** @param limited ids of the metrics that have a threshold */
export function compareMetrics(sides: Sides, facts: readonly ComparabilityFact[], limited: ReadonlySet<string>, settings: Settings): MetricComparison[] {
  const reasons = new Map(facts.flatMap(({ fact, notComparable }) => notComparable.map((id): [string, string] => [id, `the sides differ in ${fact}`])));
  const rows = metricsOf(sides).map((traits) => measure(traits, sides, reasons.get(traits.id), settings));
  // Where all values are equal there is nothing to test, whoever dealt them out.
  const family = rows.filter(({ id, difference }) => difference !== undefined && difference.leastPValue < 1 && !limited.has(id));
  const adjusted = holm(family.map(({ difference }) => difference?.pValue ?? 1));
  const adjustedById = new Map(family.map(({ id }, i) => [id, adjusted[i] ?? 1]));
  return rows.map((row) => {
    const { difference } = row;
    if (difference === undefined) return row;
    if (limited.has(row.id)) return { ...row, ...judged(row, difference, difference.pValue, 1, settings) };
    const adjustedPValue = adjustedById.get(row.id) ?? 1;
    return { ...row, adjustedPValue, ...judged(row, difference, adjustedPValue, family.length, settings) };
  });
}

/** In the order of the first run that has it, so that those of both sides stand where reports have them. */
function metricsOf({ base, new: next }: Sides): Pick<RunMetric, keyof MetricTraits | 'title'>[] {
  const byId = new Map<string, Pick<RunMetric, keyof MetricTraits | 'title'>>();
  for (const { metrics } of [...base, ...next]) {
    for (const { id, title, unit, better, kind } of metrics) if (!byId.has(id)) byId.set(id, { id, title, unit, better, kind });
  }
  return [...byId.values()];
}

/** All but the test: with values on both sides and enough of them, the verdict is still to come. */
function measure(traits: Pick<RunMetric, keyof MetricTraits | 'title'>, sides: Sides, notComparable: string | undefined, settings: Settings): MetricComparison {
  // The description in the words of the one who looks at it: without what only thresholds need.
  const [base, next] = [valuesOf(sides.base, traits.id), valuesOf(sides.new, traits.id)];
  const summarized = {
    ...traits,
    ...(isSample(base) ? { base: summaryOf(base, settings) } : {}),
    ...(isSample(next) ? { new: summaryOf(next, settings) } : {}),
  };
  if (notComparable !== undefined) return { ...summarized, verdict: 'not comparable', reason: notComparable };
  if (!isSample(base)) return { ...summarized, verdict: 'new' };
  if (!isSample(next)) return { ...summarized, verdict: 'gone' };
  const delta = quantile(next, 0.5) - quantile(base, 0.5);
  if (Math.min(base.length, next.length) < settings.minRuns) {
    return { ...summarized, delta, verdict: 'inconclusive', reason: `${base.length} and ${next.length} runs; a test needs ${settings.minRuns} a side` };
  }
  return { ...summarized, delta, difference: differenceOf(base, next, settings), verdict: 'unchanged' };
}

function summaryOf(values: Sample, { alpha, minRuns, rounds, seed }: Settings): SideValues {
  const median = quantile(values, 0.5);
  if (values.length < minRuns) return { values: [...values], median };
  // Every sample draws the same numbers, so that no metric's interval depends on which others there are.
  const generator = xoroshiro128plus(seed);
  return { values: [...values], median, interval: bootstrapInterval(values, { level: 1 - alpha, rounds, random: () => uniformFloat64(generator) }) };
}

function judged(
  { better }: MetricComparison,
  { shift, cliffsDelta, pValue: ownPValue, leastPValue }: Difference,
  pValue: number,
  tests: number,
  { alpha }: Settings,
): { readonly verdict: Verdict; readonly reason?: string } {
  if (pValue <= alpha) return { verdict: better === 'neutral' ? 'changed' : directionOf(better, shift === 0 ? cliffsDelta : shift) };
  if (ownPValue <= alpha) return { verdict: 'inconclusive', reason: `significant alone, but among ${tests} metrics it may be chance; a threshold would single it out` };
  if (leastPValue < 1 && leastPValue * tests > alpha) {
    return { verdict: 'inconclusive', reason: `no difference of so few runs would be significant among ${tests} metrics; ${runsNeeded(tests, alpha)} runs a side could show one` };
  }
  return { verdict: 'unchanged' };
}

function directionOf(better: 'lower' | 'higher', difference: number): Verdict {
  return difference > 0 === (better === 'lower') ? 'regressed' : 'improved';
}

/** The least number of runs a side with which the extreme arrangement, 2 of (2k over k), stands against so many tests. */
function runsNeeded(tests: number, alpha: number): number {
  let runs = 1;
  for (let ways = 2; (2 / ways) * tests > alpha; ways = (ways * 2 * (2 * runs - 1)) / runs) runs++;
  return runs;
}
