/** One row a partition: the log, and the facts that decide whether runs may be compared. */
import type { AnalyzedRun } from '../analyzed-run.ts';
import { defineTable, flag, integer, number, text, texts } from './table.ts';

export const runsTable = defineTable<AnalyzedRun>({
  name: 'runs',
  meaning: 'the log of the run; there is one',
  rowsOf: (run) => [run],
  columns: [
    text('file', ({ trace }) => trace.file, 'path as given'),
    integer('bytes', ({ trace }) => trace.bytes, 'as stored, before decompression'),
    text('compression', ({ trace }) => trace.compression, 'none, gzip, zstd, zip'),
    text('network', ({ network }) => network, 'what `--network` says it was recorded in; NULL: not said'),
    text('name_servers', nameServers, 'addresses that DNS queries went to, sorted, with spaces between; NULL: none, as with DNS over HTTPS or the system’s resolver'),
    text('browser', ({ run }) => run.facts.client, 'name and version'),
    text('system', ({ run }) => run.facts.system),
    text('capture_mode', ({ run }) => run.facts.captureMode),
    texts('engines', ({ run }) => run.facts.engines, 'race engines that ran, that of the most races first'),
    texts('field_trials', ({ run }) => run.facts.fieldTrials, 'trial:group'),
    texts('features', ({ run }) => run.facts.features, 'set by the command line: +enabled, -disabled; NULL: the log has no command line'),
    flag('complete', ({ run }) => run.facts.complete, 'false: cut off, ring-buffered or damaged'),
    number('origin_unix_ms', ({ trace }) => trace.originUnixMs, 'wall clock of the first event; every other `…_ms` of a moment counts from it'),
    number('duration_ms', ({ run }) => run.facts.durationMs, 'last event less first'),
    integer('event_count', ({ trace }) => trace.eventCount),
    integer('source_count', ({ trace }) => trace.sourceCount),
    texts('diagnostics', ({ trace }) => trace.diagnostics.map(({ code }) => code), 'codes of what was skipped, mended or not known'),
  ],
});

/** Without the port: 53 in all but odd cases, and the address is what tells a network. */
function nameServers({ resolutions }: AnalyzedRun): string | undefined {
  const servers = new Set<string>();
  for (const { transactions } of resolutions) {
    for (const { attempts } of transactions) {
      for (const { server } of attempts) if (server !== undefined) servers.add(server.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
    }
  }
  return servers.size === 0 ? undefined : [...servers].toSorted().join(' ');
}
