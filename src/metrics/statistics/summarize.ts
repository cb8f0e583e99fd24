/** A sample in nine numbers. */
import type { Summary } from '../metric.ts';
import { medianAbsoluteDeviation } from './median-absolute-deviation.ts';
import { quantile } from './quantile.ts';
import type { Sample } from './sample.ts';

/** The quantiles that reports show, and the median absolute deviation. */
export function summarize(sample: Sample): Summary {
  return {
    min: quantile(sample, 0),
    p25: quantile(sample, 0.25),
    p50: quantile(sample, 0.5),
    p75: quantile(sample, 0.75),
    p90: quantile(sample, 0.9),
    p95: quantile(sample, 0.95),
    p99: quantile(sample, 0.99),
    max: quantile(sample, 1),
    mad: medianAbsoluteDeviation(sample),
  };
}
