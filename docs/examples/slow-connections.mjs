/** A rule of one's own: connections that took longer than somebody wants to wait. Usage: node slow-connections.mjs TRACE */
import { createModel, judge, readNetLog } from 'netlog-analyze';

const LONGEST_MS = 250;

/** @type {import('netlog-analyze').Rule} */
const slowConnections = {
  id: 'example.slow_connection',
  title: 'A connection took long',
  severity: 'warning',
  threshold: `A usable connection after more than ${LONGEST_MS} ms`,
  spec: 'Our own budget',
  advice: 'Look at the race: netlog-analyze race TRACE ID.',
  check: ({ races }) =>
    races
      // What never ended has no duration, and is no slow connection either.
      .filter(({ outcome, durationMs }) => outcome === 'connected' && durationMs !== undefined && durationMs > LONGEST_MS)
      .map(({ id, destination, durationMs = 0, fallback, evidence }) => ({
        detail: `Race ${id} to ${destination?.host ?? 'an unknown host'}: ${durationMs} ms${fallback.family ? ', after falling back to the other address family' : ''}.`,
        evidence,
        numbers: { durationMs },
      })),
};

const model = createModel();
await readNetLog(process.argv[2] ?? '-', model);
for (const { severity, title, detail, evidence } of judge(model.trace(), [slowConnections])) {
  process.stdout.write(`${severity}: ${title}\n  ${detail}\n  Events: ${evidence.eventIndices.join(' ')}\n`);
}
