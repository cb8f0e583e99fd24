/** The columns of the DNS transactions behind one race; their times count from its start. */
import type { Race } from '../../model/race.ts';
import type { DnsTransaction } from '../../model/resolution.ts';
import { millisColumn, type Column } from '../column.ts';
import { formatDuration } from '../format.ts';

export function transactionColumns(race: Race): readonly Column<DnsTransaction>[] {
  return [
    { id: 'id', title: 'Source', align: 'right', rank: 0, value: (transaction) => transaction.id },
    { id: 'type', title: 'Type', rank: 0, verbatim: true, value: (transaction) => transaction.type },
    { id: 'name', title: 'Name', rank: 0, verbatim: true, value: (transaction) => transaction.name },
    { id: 'outcome', title: 'Outcome', rank: 0, value: (transaction) => transaction.outcome, tone: ({ outcome }) => (outcome === 'failed' ? 'bad' : undefined) },
    millisColumn('startMs', 'Asked', 0, ({ startMs }) => startMs - race.startMs, formatDuration),
    millisColumn('tookMs', 'Took', 0, ({ startMs, endMs }) => (endMs === undefined ? undefined : endMs - startMs), formatDuration),
    { id: 'rcode', title: 'RCODE', rank: 1, verbatim: true, value: (transaction) => transaction.rcode },
    { id: 'queries', title: 'Queries', align: 'right', rank: 1, value: ({ attempts }) => attempts.length },
    {
      id: 'timedOut',
      title: 'Timed out',
      align: 'right',
      rank: 1,
      value: ({ attempts }) => attempts.filter(({ timedOut }) => timedOut === true).length || undefined,
      tone: () => 'warning',
    },
    {
      id: 'servers',
      title: 'Servers',
      rank: 1,
      verbatim: true,
      value: ({ attempts }) => [...new Set(attempts.flatMap(({ server }) => server ?? []))].join(' '),
    },
  ];
}
