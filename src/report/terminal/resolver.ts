/** Host resolution for a terminal: the layers as a funnel, the servers, and what waiting cost. */
import type { ResolverOverview } from '../../metrics/resolver/resolver-overview.ts';
import type { Column } from '../column.ts';
import { resolverLayerColumns } from '../columns/resolver-layer.ts';
import { resolverServerColumns } from '../columns/resolver-server.ts';
import { resolverSentences } from '../resolver-sentences.ts';
import type { View } from '../view.ts';
import { tableLines } from './table.ts';
import { wrapText } from './text-width.ts';

const INDENT = 2;

/** `''` if nothing was resolved. */
export function resolverText({ layers, servers, waits }: ResolverOverview, view: View): string {
  const margin = ' '.repeat(INDENT);
  const sentences = resolverSentences(waits).flatMap((sentence) => wrapText(sentence, view.width, margin, `${margin}  `));
  const sections = [
    section('From resolver requests to exchanges with servers', layers, resolverLayerColumns, view),
    section('Name servers', servers, resolverServerColumns, view),
    sentences.length === 0 ? [] : [view.style('heading', 'Waits'), ...sentences],
  ].filter((lines) => lines.length > 0);
  return sections.length === 0 ? '' : `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section<Row>(heading: string, rows: readonly Row[], columns: readonly Column<Row>[], view: View): readonly string[] {
  return rows.length === 0 ? [] : [view.style('heading', heading), ...tableLines(columns, rows, view, { indent: INDENT })];
}
