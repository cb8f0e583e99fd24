/** A threshold that nothing is held against passes by mistake; so it is one. */
import type { Run } from '../../compare/run.ts';
import { thresholdValues } from '../../compare/thresholds/judge-thresholds.ts';
import { UNEXPECTED_HOSTS } from '../../compare/thresholds/threshold.ts';
import { UsageError } from '../exit-code.ts';
import { suggestion } from './nearest-metrics.ts';
import type { ThresholdsFile } from './read-thresholds.ts';

/** @throws UsageError for the first threshold without anything to count in any of the runs, unless it is optional */
export function requireSamples({ file, thresholds }: ThresholdsFile, runs: readonly Run[]): void {
  const empty = thresholds.find((threshold) => !threshold.optional && thresholdValues(threshold, runs).length === 0);
  if (empty === undefined) return;
  const { metric, line } = empty;
  if (metric.id === UNEXPECTED_HOSTS.id) throw new UsageError(`${file}:${line}: ${metric.id}: expected runs that name their hosts, found only baselines; give the traces themselves`);
  const counted = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ id }) => id)))].filter((id) => id !== metric.id);
  throw new UsageError(
    `${file}:${line}: ${metric.id}: expected something to count, found nothing in any run; ${suggestion(metric.id, counted)} Or add {optional: true}`,
  );
}
