/**
 * One run against one run, host by host: what the same hosts took on both sides. A view, not a test, since the hosts of
 * one run share its network.
 */
import { z } from 'zod';
import type { Run } from './run.ts';

export const hostPairsSchema = z.object({
  metric: z.string(),
  pairs: z.array(z.object({ host: z.string(), base: z.number(), new: z.number() })).describe('Medians in ms, the greatest difference first'),
});
export type HostPairs = Readonly<z.infer<typeof hostPairsSchema>>;

/** The metrics that make sense for one host, where both runs have them for some host. */
export function pairHosts(base: Run, next: Run): HostPairs[] {
  const others = new Map(next.hosts?.map(({ host, medians }) => [host, medians]));
  const byMetric = new Map<string, HostPairs['pairs']>();
  for (const { host, medians } of base.hosts ?? []) {
    for (const [metric, before] of Object.entries(medians)) {
      const after = others.get(host)?.[metric];
      if (after === undefined) continue;
      byMetric.set(metric, [...(byMetric.get(metric) ?? []), { host, base: before, new: after }]);
    }
  }
  return Array.from(byMetric, ([metric, pairs]) => ({
    metric,
    pairs: pairs.toSorted((a, b) => Math.abs(b.new - b.base) - Math.abs(a.new - a.base)),
  }));
}
