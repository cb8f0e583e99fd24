/** The columns of a session. */
import type { Session } from '../../model/session.ts';
import { millisColumn, type Column } from '../column.ts';
import { formatDuration } from '../format.ts';

/** `path-degrading: migrated`, one for each migration tried. */
function migrationsText({ migrations }: Session): string {
  return migrations.map(({ cause, outcome }) => `${cause}: ${outcome}`).join(', ');
}

/** `23 ms (n 3), then 22 ms (n 4)`, one for each migration that succeeded. */
function firstBytesText({ migrations }: Session): string {
  const paths = migrations.flatMap(({ firstBytes }) => (firstBytes === undefined ? [] : [[firstBytes.oldPath, firstBytes.newPath]]));
  return paths.map((both) => both.map(({ n, medianMs }) => `${formatDuration(medianMs)} (n ${n})`).join(', then ')).join('; ');
}

function pooledByText({ pooled = [] }: Session): string {
  return [...new Set(pooled.map(({ by }) => by))].join(' ');
}

export const sessionColumns: readonly Column<Session>[] = [
  { id: 'id', title: 'Id', align: 'right', rank: 0, value: (session) => session.id },
  { id: 'protocol', title: 'ALPN', rank: 0, value: (session) => session.protocol },
  { id: 'hosts', title: 'Hosts', rank: 0, shrinkTo: 20, verbatim: true, value: (session) => session.hosts.join(' ') },
  { id: 'requestCount', title: 'Requests', align: 'right', rank: 0, value: (session) => session.requestCount },
  { id: 'ipEndpoint', title: 'Address', rank: 1, verbatim: true, value: (session) => session.ipEndpoint },
  { id: 'pooledHosts', title: 'Pooled hosts', rank: 2, shrinkTo: 16, verbatim: true, value: (session) => session.pooledHosts.join(' ') },
  { id: 'pooledBy', title: 'Pooled by', rank: 4, value: pooledByText },
  { id: 'ech', title: 'ECH', rank: 3, value: (session) => session.ech },
  {
    id: 'originFrame',
    title: 'ORIGIN frame',
    rank: 5,
    shrinkTo: 16,
    verbatim: true,
    value: (session) => session.originFrame?.origins.join(' '),
  },
  { id: 'migrations', title: 'Migrations', rank: 4, shrinkTo: 20, verbatim: true, value: migrationsText },
  { id: 'firstBytes', title: 'First byte', rank: 5, value: firstBytesText },
  millisColumn('unansweredMs', 'Unanswered', 4, (session) => session.unansweredMs, formatDuration),
  { id: 'closeReason', title: 'Closed because', rank: 5, shrinkTo: 16, verbatim: true, value: (session) => session.closeReason },
  millisColumn('startMs', 'Start', 3, (session) => session.startMs, formatDuration),
  millisColumn('endMs', 'End', 6, (session) => session.endMs, formatDuration),
];
