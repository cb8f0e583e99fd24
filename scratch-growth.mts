import { SLOW_LOGS } from './test/security/slow-logs.ts';
import { computeMetrics } from './src/metrics/all-metrics.ts';
import { computeHistograms } from './src/metrics/histograms/all-histograms.ts';
import { judge } from './src/findings/judge.ts';
import { createModel } from './src/model/model.ts';
import { SINK_LIMITS, bounded } from './src/netlog/bounded.ts';
import { readNetLog } from './src/netlog/read-netlog.ts';
import { writeNetLog } from './src/netlog/write-netlog.ts';
import { redacted } from './src/redact/redact-log.ts';
import { withoutCredentials } from './src/redact/without-credentials.ts';
import { onlySources } from './src/slice/only-sources.ts';
import { sourceLinker } from './src/slice/source-links.ts';
import { sourcesOf } from './src/slice/sources-of.ts';
import { withDependencies } from './src/slice/with-dependencies.ts';
import { harChunks } from './src/report/har/har-chunks.ts';

const only = process.argv[2];
const sizes = (process.argv[3] ?? '4000,32000').split(',').map(Number);
async function cost(text: string) {
  const bytes = new TextEncoder().encode(text);
  const out: Record<string, number> = {};
  const timed = async <T>(name: string, f: () => T | Promise<T>): Promise<T> => {
    const b = process.cpuUsage();
    const r = await f();
    const { user, system } = process.cpuUsage(b);
    out[name] = (user + system) / 1000;
    return r;
  };
  const model = createModel();
  await timed('read', () => readNetLog([bytes], bounded(model, SINK_LIMITS)));
  const trace = await timed('model', () => model.trace());
  await timed('metrics', () => computeMetrics(trace));
  await timed('histo', () => computeHistograms(trace));
  await timed('judge', () => judge(trace));
  const linker = sourceLinker();
  await timed('link', () => readNetLog([bytes], linker.sink));
  await timed('slice', () => { const ids = withDependencies(sourcesOf(trace, trace), linker.links); return ids.size; });
  await timed('slice1', () => { const ids = withDependencies(sourcesOf({ races: trace.races.slice(0, 1), requests: [], resolutions: [], sessions: [] }, trace), linker.links); return ids.size; });
  await timed('redact', () => readNetLog([bytes], redacted(writeNetLog(() => {}))));
  await timed('shown', () => withoutCredentials(trace));
  return out;
}
for (const [name, make] of Object.entries(SLOW_LOGS)) {
  if (only && only !== '-' && !name.includes(only)) continue;
  const costs = [];
  for (const size of sizes) costs.push(await cost(make(size)));
  const [a, b] = [costs[0]!, costs.at(-1)!];
  const bad = Object.keys(b).filter((k) => b[k]! > 60 && b[k]! / Math.max(a[k]!, 2) > (sizes.at(-1)! / sizes[0]!) * 3);
  console.log(bad.length ? 'BAD ' : 'ok  ', name, bad.map((k) => `${k}:${a[k]!.toFixed(0)}->${b[k]!.toFixed(0)}`).join(' '), ' total', Object.values(b).reduce((s, v) => s + v).toFixed(0));
}
