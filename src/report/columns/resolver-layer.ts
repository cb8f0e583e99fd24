/** The columns of the resolver's layers. */
import type { Outcome } from '../../model/common.ts';
import type { Summary } from '../../metrics/metric.ts';
import type { LayerRow } from '../../metrics/resolver/layers.ts';
import { type Column, millisColumn } from '../column.ts';
import { formatCount, formatDuration } from '../format.ts';
import type { Tone } from '../view.ts';

const outcomeColumn = (outcome: Outcome, rank: number, tone?: Tone): Column<LayerRow> => ({
  id: outcome,
  title: outcome,
  align: 'right',
  rank,
  value: ({ outcomes }) => outcomes?.[outcome] || undefined,
  ...(tone !== undefined && { tone: () => tone }),
});

const durationColumn = (id: 'p50' | 'p95' | 'max', title: string, rank: number): Column<LayerRow> =>
  millisColumn(id, title, rank, ({ duration }) => duration?.[id], formatMillis);

export const resolverLayerColumns: readonly Column<LayerRow>[] = [
  { id: 'layer', title: 'Layer', rank: 0, value: ({ layer }) => layer },
  { id: 'kind', title: 'Kind', rank: 0, value: ({ kind }) => kind, verbatim: true },
  { id: 'n', title: 'n', align: 'right', rank: 0, value: ({ n }) => n, text: ({ n }) => formatCount(n) },
  outcomeColumn('ok', 1),
  outcomeColumn('failed', 0, 'bad'),
  outcomeColumn('cancelled', 2),
  outcomeColumn('unfinished', 2, 'warning'),
  durationColumn('p50', 'Median', 0),
  durationColumn('p95', 'p95', 1),
  durationColumn('max', 'max', 3),
];

/** Of summaries, which interpolate: a tenth of a millisecond is more than a log can tell. */
export function formatMillis(ms: number | undefined): string {
  return formatDuration(ms === undefined ? undefined : Math.round(ms * 10) / 10);
}

export function formatSpread(summary: Summary | undefined): string {
  return summary === undefined ? '' : `median ${formatMillis(summary.p50)}, at most ${formatMillis(summary.max)}`;
}
