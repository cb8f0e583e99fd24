/** What `--metric` may ask for, of the first request of each run. */
import { SWEEP_QUANTITIES } from '../chart/sweep-quantities.ts';

const QUANTITIES = { 'connect-time': 'connected', 'first-attempt': 'first-attempt', attempts: 'attempts' } as const;

export type MetricName = keyof typeof QUANTITIES;

export const METRIC_NAMES = Object.keys(QUANTITIES) as readonly MetricName[];

export function metricOf(name: MetricName): NonNullable<(typeof SWEEP_QUANTITIES)[string]> {
  const quantity = SWEEP_QUANTITIES[QUANTITIES[name]];
  if (quantity === undefined) throw new Error(`no quantity for ${name}`);
  return quantity;
}
