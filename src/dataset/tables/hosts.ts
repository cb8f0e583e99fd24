/** Hosts that were resolved over the network, connected to, or sent a request. */
import type { RunHost } from '../../compare/run.ts';
import { defineTable, number, text } from './table.ts';

export const hostsTable = defineTable<RunHost>({
  name: 'hosts',
  meaning: 'a host that was resolved over the network, connected to, or sent a request',
  rowsOf: ({ run }) => run.hosts ?? [],
  columns: [
    text('host', ({ host }) => host),
    number('race_duration_ms', ({ medians }) => medians['race.duration'], 'median of its connected races that somebody waited for; NULL: none'),
    number('resolution_duration_ms', ({ medians }) => medians['dns.resolution.duration'], 'median of its resolutions that succeeded; NULL: none'),
  ],
});
