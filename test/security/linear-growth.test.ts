/** A log made to be slow costs in proportion to its size: told by the CPU time of sizes set against each other. */
import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/metrics/all-metrics.ts';
import { createModel } from '../../src/model/model.ts';
import { SINK_LIMITS, bounded } from '../../src/netlog/bounded.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { SLOW_LOGS } from './slow-logs.ts';

const SMALL = 2000;
const FACTOR = 16;

/** Linear growth is 16, or less for what is done once; quadratic growth is 256. Between them lies what a busy machine and its garbage collector add. */
const MOST = 64;

async function costOf(text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    const model = createModel();
    await readNetLog([bytes], bounded(model, SINK_LIMITS));
    computeMetrics(model.trace());
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}

describe('a log made to be slow', () => {
  it.each(Object.entries(SLOW_LOGS))('costs in proportion to its size: %s', async (_, make) => {
    const small = await costOf(make(SMALL));
    const large = await costOf(make(SMALL * FACTOR));
    expect(large / small).toBeLessThan(MOST);
  });
});
