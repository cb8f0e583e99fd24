/** From a definition and a trace to a metric with its value and summary. */
import type { Trace } from '../model/trace.ts';
import type { Metric, MetricDefinition } from './metric.ts';
import { mean } from './statistics/mean.ts';
import { isSample } from './statistics/sample.ts';
import { summarize } from './statistics/summarize.ts';

/** With nothing to count, only the description is left: `n` is 0; value, summary and values are absent. */
export function computeMetric(definition: MetricDefinition, trace: Trace): Metric {
  const { id, title, unit, better, statistic } = definition;
  const values = definition.values(trace);
  if (!isSample(values)) return { id, title, unit, better, n: 0 };
  const summary = summarize(values);
  const value = statistic === 'rate' ? mean(values) : summary.p50;
  return { id, title, unit, better, n: values.length, value, summary, values };
}
