/** The columns of a request. */
import type { Request } from '../../model/request.ts';
import { millisColumn, type Column } from '../column.ts';
import { formatDuration, formatNetError } from '../format.ts';

/** From start to end; `undefined` while it ran when the log ended. */
export function requestDuration({ startMs, endMs }: Request): number | undefined {
  return endMs === undefined ? undefined : endMs - startMs;
}

const phase = (id: keyof Request['phases'], title: string, rank: number): Column<Request> =>
  millisColumn(id, title, rank, (request) => request.phases[id], formatDuration);

export const requestColumns: readonly Column<Request>[] = [
  { id: 'id', title: 'Id', align: 'right', rank: 0, value: (request) => request.id },
  { id: 'method', title: 'Method', rank: 8, verbatim: true, value: (request) => request.method },
  { id: 'url', title: 'URL', rank: 0, shrinkTo: 28, verbatim: true, value: (request) => request.url },
  {
    id: 'result',
    title: 'Result',
    rank: 0,
    only: 'people',
    value: ({ status, netError }) => (netError === undefined ? status : formatNetError(netError)),
    tone: ({ status = 0, netError }) => (netError !== undefined ? 'bad' : status >= 400 ? 'warning' : undefined),
  },
  { id: 'status', title: 'Status', rank: 0, only: 'csv', value: (request) => request.status },
  { id: 'netError', title: 'Net error', rank: 0, only: 'csv', value: (request) => request.netError?.name },
  { id: 'alpn', title: 'ALPN', rank: 3, verbatim: true, value: (request) => request.alpn },
  { id: 'connection', title: 'Connection', rank: 2, value: (request) => request.connection },
  millisColumn('durationMs', 'Took', 0, requestDuration, formatDuration),
  phase('blockedMs', 'Blocked', 6),
  phase('dnsMs', 'DNS', 4),
  phase('connectMs', 'Connect', 4),
  phase('sslMs', 'TLS', 5),
  phase('sendMs', 'Send', 9),
  phase('waitMs', 'Wait', 5),
  phase('receiveMs', 'Receive', 7),
  { id: 'raceId', title: 'Race', align: 'right', rank: 6, value: (request) => request.raceId },
  { id: 'sessionId', title: 'Session', align: 'right', rank: 7, value: (request) => request.sessionId },
  millisColumn('startMs', 'Start', 10, (request) => request.startMs, formatDuration),
];
