/** Host resolution as Markdown: the same tables and sentences as in the terminal. */
import type { ResolverOverview } from '../../metrics/resolver/resolver-overview.ts';
import { resolverLayerColumns } from '../columns/resolver-layer.ts';
import { resolverServerColumns } from '../columns/resolver-server.ts';
import { resolverSentences } from '../resolver-sentences.ts';
import { markdownTable } from './table.ts';

export function resolverMarkdown({ layers, servers, waits }: ResolverOverview): string {
  const sentences = resolverSentences(waits).map((sentence) => `- ${sentence}\n`).join('');
  return [
    `## From resolver requests to exchanges with servers\n\n${markdownTable(resolverLayerColumns, layers)}`,
    ...(servers.length === 0 ? [] : [`## Name servers\n\n${markdownTable(resolverServerColumns, servers)}`]),
    ...(sentences === '' ? [] : [`## Waits\n\n${sentences}`]),
  ].join('\n');
}
