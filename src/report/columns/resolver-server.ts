/** The columns of name servers. */
import type { ServerRow } from '../../metrics/resolver/servers.ts';
import { type Column, millisColumn } from '../column.ts';
import { formatCount } from '../format.ts';
import { formatMillis } from './resolver-layer.ts';

const count = (id: 'timedOut' | 'truncated' | 'retries', title: string, rank: number): Column<ServerRow> => ({
  id,
  title,
  align: 'right',
  rank,
  value: (row) => row[id] || undefined,
  tone: () => 'warning',
});

export const resolverServerColumns: readonly Column<ServerRow>[] = [
  { id: 'server', title: 'Server', rank: 0, value: ({ server }) => server, verbatim: true },
  { id: 'transport', title: 'Over', rank: 0, value: ({ transport }) => transport },
  { id: 'n', title: 'Exchanges', align: 'right', rank: 0, value: ({ n }) => n, text: ({ n }) => formatCount(n) },
  { id: 'answered', title: 'Answered', align: 'right', rank: 0, value: ({ answered }) => answered, text: ({ answered }) => formatCount(answered) },
  count('timedOut', 'Timed out', 0),
  count('truncated', 'Truncated', 1),
  count('retries', 'Retries', 1),
  millisColumn('p50', 'Median', 0, ({ roundTrip }) => roundTrip?.p50, formatMillis),
  millisColumn('p95', 'p95', 1, ({ roundTrip }) => roundTrip?.p95, formatMillis),
  millisColumn('max', 'max', 2, ({ roundTrip }) => roundTrip?.max, formatMillis),
];
