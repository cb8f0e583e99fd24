/** One trace of a page: its report, cut to what the page shows, and the events behind that. */
import { formatCount, formatPlural } from '../../report/format.ts';
import { eventCollector } from '../../report/html/collect-events.ts';
import type { TracePage } from '../../report/html/page-data.ts';
import { tracePage } from '../../report/html/trace-page.ts';
import { wantedSources } from '../../report/html/wanted-sources.ts';
import { selectFrom, selectionText, type Selection } from '../../report/selection.ts';
import type { Context, ReadOptions } from '../command.ts';
import { withReplayableInput } from '../events/replayable-input.ts';
import { warn } from '../io.ts';
import { readingTrace } from '../read-report.ts';

export interface TracePageRequest extends Pick<ReadOptions, 'window'> {
  readonly selection: Selection;
  /** Rows of each table. */
  readonly most: number;
  /** Text of events. */
  readonly mostCharactersOfEvents: number;
}

/**
 * Reads a log twice: for its report, and, once it is known what the page shows, for the events of that.
 *
 * @throws UnreadableTrace for what cannot be read
 */
export async function readTracePage(path: string, request: TracePageRequest, context: Context): Promise<TracePage> {
  const { selection, most, mostCharactersOfEvents, ...window } = request;
  return withReplayableInput(path, context.io, async (readable) => {
    const report = await readingTrace(path, context, (analyzer, options) => analyzer.analyze(readable, { ...window, ...options }));
    const named = { ...report, trace: { ...report.trace, file: path } };
    const page = tracePage(selectFrom(named, selection), { most, filters: selectionText(selection) });
    const { rows, total } = page.races;
    if (rows.length < total)
      warn(context.io, `${path}: the page shows ${formatCount(rows.length)} of ${formatPlural(total, 'race')}; --top 0 shows all`);
    const collector = eventCollector(wantedSources(page));
    await readingTrace(path, context, (analyzer, options) => analyzer.readNetLog(readable, collector.sink, { ...window, ...options }));
    return { ...page, ...collector.sources(mostCharactersOfEvents) };
  });
}
