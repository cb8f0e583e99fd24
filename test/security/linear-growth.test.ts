/** A log made to be slow costs in proportion to its size: told by the CPU time of sizes set against each other. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/findings/judge.ts';
import { computeMetrics } from '../../src/metrics/all-metrics.ts';
import { computeHistograms } from '../../src/metrics/histograms/all-histograms.ts';
import { createModel } from '../../src/model/model.ts';
import { SINK_LIMITS, bounded } from '../../src/netlog/bounded.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { createPseudonyms } from '../../src/redact/pseudonyms/pseudonyms.ts';
import { redactedCopy } from '../../src/redact/redact-log.ts';
import { sourceLinker } from '../../src/slice/source-links.ts';
import { sourcesOf } from '../../src/slice/sources-of.ts';
import { withDependencies } from '../../src/slice/with-dependencies.ts';
import { LOGS_OF_SHARED_THINGS } from './slow-logs-of-shared-things.ts';
import { SLOW_LOGS } from './slow-logs.ts';

const SMALL = 2000;
const FACTOR = 16;

/** Linear growth is 16, or less for what is done once; quadratic growth is 256. Between them lies what a busy machine and its garbage collector add. */
const MOST = 64;

/** All that is made of a log: what is told of it, a slice of it, a redacted copy. */
async function digest(bytes: Uint8Array): Promise<void> {
  const model = createModel();
  await readNetLog([bytes], bounded(model, SINK_LIMITS));
  const trace = model.trace();
  computeMetrics(trace);
  computeHistograms(trace);
  judge(trace);
  const linker = sourceLinker();
  await readNetLog([bytes], linker.sink);
  withDependencies(sourcesOf(trace, trace), linker.links);
  const pseudonyms = createPseudonyms((text) => createHash('sha256').update(text).digest());
  const copy = redactedCopy(() => undefined, { pseudonyms });
  copy.take(bytes);
  copy.end();
}

async function costOf(text: string, times: number, work = digest): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    await work(bytes);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}

describe('a log made to be slow', () => {
  it.each(Object.entries({ ...SLOW_LOGS, ...LOGS_OF_SHARED_THINGS }))('costs in proportion to its size: %s', async (_, make) => {
    const small = await costOf(make(SMALL), 3);
    const large = await costOf(make(SMALL * FACTOR), 1);
    expect(large / small).toBeLessThan(MOST);
  });

  it('costs in proportion to its size: one event of any layout that arrives in small pieces', async () => {
    const inPieces = async (bytes: Uint8Array): Promise<void> => {
      const pieces = Array.from({ length: Math.ceil(bytes.length / 80) }, (_, i) => bytes.subarray(i * 80, (i + 1) * 80));
      await readNetLog(pieces, createModel());
    };
    const make = (n: number): string => JSON.stringify(JSON.parse(SLOW_LOGS['host names as long as the log']!(n)), undefined, 1);
    const small = await costOf(make(SMALL), 3, inPieces);
    expect((await costOf(make(SMALL * FACTOR), 1, inPieces)) / small).toBeLessThan(MOST);
  });
});
