/** Adds up metrics run by run: what is kept does not grow with the number of runs. */
import { allMetrics } from '../../metrics/all-metrics.ts';
import type { RunMetric } from '../../compare/run.ts';
import type { PooledMetric } from './pooled-metric.ts';
import { Sketch } from './sketch.ts';

/** Of p25, p50, p75, p90, p95 and p99. */
const SHARES = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

export interface SketchBin {
  /** Of the metric. */
  readonly id: string;
  readonly bin: number;
  readonly count: number;
}

interface Pooled {
  readonly traits: Pick<RunMetric, 'id' | 'title' | 'unit' | 'better' | 'kind'>;
  readonly sketch: Sketch;
  runs: number;
  n: number;
  count: number;
  min: number;
  max: number;
}

export class MetricPool {
  readonly #byId = new Map<string, Pooled>();

  /** @param sketches bins of the samples of these very metrics */
  add(metrics: readonly RunMetric[], sketches: readonly SketchBin[]): void {
    for (const { id, title, unit, better, kind, n, count, summary } of metrics) {
      const pooled = this.#byId.get(id) ?? { traits: { id, title, unit, better, kind }, sketch: new Sketch(), runs: 0, n: 0, count: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
      this.#byId.set(id, pooled);
      pooled.runs++;
      pooled.n += n;
      pooled.count += count;
      pooled.min = Math.min(pooled.min, summary?.min ?? Number.POSITIVE_INFINITY);
      pooled.max = Math.max(pooled.max, summary?.max ?? Number.NEGATIVE_INFINITY);
    }
    for (const { id, bin, count } of sketches) this.#byId.get(id)?.sketch.add(bin, count);
  }

  /** In the order of every report; numbers of findings after that, by their ids. */
  metrics(): PooledMetric[] {
    return Array.from(this.#byId.values(), pooledMetric)
      .filter((metric) => metric !== undefined)
      .toSorted((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
  }
}

const RANKS = new Map(allMetrics.map(({ id }, i) => [id, i]));

function rank(id: string): number {
  return RANKS.get(id) ?? RANKS.size;
}

/** `undefined` for measurements of which no sketch was there. */
function pooledMetric({ traits, sketch, runs, n, count, min, max }: Pooled): PooledMetric | undefined {
  const common = { ...traits, runs, n, count };
  switch (traits.kind) {
    case 'rate':
      return { ...common, value: count / n };
    case 'total':
      return { ...common, value: count };
    case 'median': {
      const quantiles = quantilesOf(sketch, min, max);
      return quantiles === undefined ? undefined : { ...common, value: quantiles.p50, quantiles };
    }
  }
}

/** What stands for a bin may lie beyond the extremes, which are known. */
function quantilesOf(sketch: Sketch, min: number, max: number): PooledMetric['quantiles'] {
  const found = sketch.quantiles(SHARES);
  if (found === undefined) return undefined;
  const [p25 = 0, p50 = 0, p75 = 0, p90 = 0, p95 = 0, p99 = 0] = found.map((value) => Math.min(max, Math.max(min, value)));
  return { min, p25, p50, p75, p90, p95, p99, max };
}
