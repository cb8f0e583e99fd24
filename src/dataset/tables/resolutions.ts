/** Host resolutions: resolver jobs, and answers without one. */
import type { Resolution } from '../../model/resolution.ts';
import { defineTable, flag, integer, number, text, texts } from './table.ts';

export const resolutionsTable = defineTable<Resolution>({
  name: 'resolutions',
  meaning: 'a resolver job, or an answer without one (cache, hosts file, literal)',
  rowsOf: ({ resolutions }) => resolutions,
  columns: [
    integer('id', ({ id }) => id, 'NetLog source'),
    text('host', ({ host }) => host, 'NULL only where the head of the log is lost'),
    integer('port', ({ port }) => port),
    text('scheme', ({ scheme }) => scheme),
    texts('query_types', ({ queryTypes }) => queryTypes),
    text('source', ({ source }) => source, 'network, cache, stale-cache, hosts, config, literal'),
    text('outcome', ({ outcome }) => outcome, 'ok, failed, cancelled, unfinished'),
    text('net_error', ({ netError }) => netError?.name),
    number('start_ms', ({ startMs }) => startMs),
    number('end_ms', ({ endMs }) => endMs),
    number('duration_ms', ({ durationMs }) => durationMs),
    number('queued_ms', ({ queuedMs }) => queuedMs, 'from the job’s making to its start'),
    number('resolution_delay_ms', ({ resolutionDelay }) => resolutionDelay?.elapsedMs, 'waited for preferred answers; NULL: no such wait, or its end is not in the log'),
    flag('resolution_delay_timed_out', ({ resolutionDelay }) => resolutionDelay?.timedOut),
    flag('speculative', ({ speculative }) => speculative, 'every requester was a prefetch'),
    flag('for_resolver', ({ forResolver }) => forResolver === true, 'the name of a DNS-over-HTTPS server'),
    text('secure_dns_mode', ({ secureDnsMode }) => secureDnsMode),
    texts('tasks', ({ tasks }) => tasks.map(({ kind }) => kind), 'in order: dns, secure-dns, system, …'),
    integer('endpoint_updates', ({ endpointUpdates }) => endpointUpdates.length),
    texts('addresses', ({ addresses }) => addresses),
    texts('aliases', ({ aliases }) => aliases),
    integer('https_records', ({ httpsRecords }) => httpsRecords.length),
  ],
});
