/** The columns of a resolution. */
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import { millisColumn, type Column } from '../column.ts';
import { formatDuration, formatNetError, formatOrigin, MISSING } from '../format.ts';
import type { Tone } from '../view.ts';

export function resolutionTone({ outcome }: Resolution): Tone | undefined {
  switch (outcome) {
    case 'failed':
      return 'bad';
    case 'unfinished':
      return 'warning';
    case 'cancelled':
      return 'dim';
    case 'ok':
      return 'good';
  }
}

/** `AAAA 27 ms`, `HTTPS 35 ms cancelled`, `A 1.023 s ok (1 timed out)`. */
function transactionText({ type, startMs, endMs, outcome, attempts, rcode }: DnsTransaction): string {
  const took = endMs === undefined ? 'open' : formatDuration(endMs - startMs);
  const timedOut = attempts.filter((attempt) => attempt.timedOut === true).length;
  const end = outcome === 'failed' && rcode !== undefined && rcode !== 'NOERROR' ? rcode : outcome;
  return `${type} ${took} ${end}${timedOut === 0 ? '' : ` (${timedOut} timed out)`}`;
}

const QUERY_TYPES = ['A', 'AAAA', 'HTTPS'] as const;

/** How long the query of one type took; of several (aliases, other names), the slowest. */
function queryMs({ transactions }: Resolution, type: (typeof QUERY_TYPES)[number]): number | undefined {
  const durations = transactions.flatMap(({ type: asked, startMs, endMs }) =>
    asked === type && endMs !== undefined ? [endMs - startMs] : [],
  );
  return durations.length === 0 ? undefined : durations.reduce((longest, duration) => Math.max(longest, duration));
}

/** `27/28/225`: the three query types side by side. */
function queriesText(resolution: Resolution): string {
  const durations = QUERY_TYPES.map((type) => queryMs(resolution, type));
  return durations.every((ms) => ms === undefined) ? '' : durations.map((ms) => ms ?? MISSING).join('/');
}

function timedOutCount({ transactions }: Resolution): number | undefined {
  const count = transactions.flatMap(({ attempts }) => attempts).filter(({ timedOut }) => timedOut === true).length;
  return count === 0 ? undefined : count;
}

/** The host, with its port if that is not the scheme's own. */
function hostText({ scheme, host, port }: Resolution): string {
  return formatOrigin({ scheme, host, port }).replace(/^[a-z+.-]*:\/\//, '');
}

const count = (texts: readonly string[]): number | undefined => (texts.length === 0 ? undefined : texts.length);

export const resolutionColumns: readonly Column<Resolution>[] = [
  { id: 'id', title: 'Id', align: 'right', rank: 0, value: (resolution) => resolution.id },
  { id: 'host', title: 'Host', rank: 0, shrinkTo: 22, verbatim: true, value: hostText },
  { id: 'queryTypes', title: 'Asked for', rank: 7, verbatim: true, value: (resolution) => resolution.queryTypes.join(' ') },
  { id: 'source', title: 'From', rank: 4, value: (resolution) => resolution.source },
  {
    id: 'result',
    title: 'Result',
    rank: 0,
    only: 'people',
    value: ({ outcome, netError }) => (outcome === 'failed' ? formatNetError(netError) || 'failed' : outcome),
    tone: resolutionTone,
  },
  { id: 'outcome', title: 'Outcome', rank: 0, only: 'csv', value: (resolution) => resolution.outcome },
  { id: 'netError', title: 'Net error', rank: 0, only: 'csv', value: (resolution) => resolution.netError?.name },
  millisColumn('durationMs', 'Took', 0, (resolution) => resolution.durationMs, formatDuration),
  { id: 'queries', title: 'A/AAAA/HTTPS ms', align: 'right', rank: 3, only: 'people', value: queriesText },
  ...QUERY_TYPES.map((type): Column<Resolution> => ({
    id: `${type.toLowerCase()}Ms`,
    title: type,
    rank: 0,
    only: 'csv',
    value: (resolution) => queryMs(resolution, type),
  })),
  { id: 'timedOut', title: 'Timed out', align: 'right', rank: 4, value: timedOutCount, tone: () => 'warning' },
  {
    id: 'transactions',
    title: 'DNS transactions',
    rank: 0,
    only: 'csv',
    value: ({ transactions }) => transactions.map(transactionText).join(', '),
  },
  {
    id: 'tasks',
    title: 'Tasks',
    rank: 4,
    value: ({ tasks }) => tasks.map(({ kind, outcome }) => (outcome === 'ok' ? kind : `${kind} (${outcome})`)).join(', '),
  },
  millisColumn('resolutionDelayMs', 'Delay', 5, (resolution) => resolution.resolutionDelay?.elapsedMs, formatDuration),
  millisColumn('queuedMs', 'Queued', 10, (resolution) => resolution.queuedMs, formatDuration),
  { id: 'addresses', title: 'Addresses', align: 'right', rank: 6, value: (resolution) => count(resolution.addresses) },
  {
    id: 'httpsRecords',
    title: 'HTTPS records',
    align: 'right',
    rank: 8,
    value: (resolution) => count(resolution.httpsRecords.map(({ ownerName }) => ownerName)),
  },
  { id: 'aliases', title: 'Aliases', rank: 11, shrinkTo: 16, verbatim: true, value: (resolution) => resolution.aliases.join(' ') },
  { id: 'secureDnsMode', title: 'Secure DNS', rank: 12, value: (resolution) => resolution.secureDnsMode },
  millisColumn('startMs', 'Start', 9, (resolution) => resolution.startMs, formatDuration),
];
