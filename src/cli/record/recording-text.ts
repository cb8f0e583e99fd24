/** A recording as the terminal shows it: a line for each log, and what can be done with them. */
import type { PageOutcome } from '../../live/record/load-page.ts';
import type { RecordedRun, Recording } from '../../live/record/recording.ts';
import type { Column } from '../../report/column.ts';
import { formatDuration, formatPlural } from '../../report/format.ts';
import { plainText } from '../../report/plain-text.ts';
import { tableLines } from '../../report/terminal/table.ts';
import type { View } from '../../report/view.ts';

/** A run, and what its log shows. */
export interface ToldRun extends RecordedRun {
  /** None, if the log has no race. */
  readonly raceEngines: readonly string[];
  readonly races: number;
  readonly complete: boolean;
}

const COLUMNS: readonly Column<ToldRun>[] = [
  { id: 'log', title: 'Log', rank: 0, value: ({ file }) => file },
  { id: 'url', title: 'URL', rank: 1, shrinkTo: 16, value: ({ url }) => url },
  { id: 'page', title: 'Page', rank: 0, shrinkTo: 24, value: ({ page }) => pageText(page), tone: ({ page }) => (page.state === 'loaded' ? 'good' : 'bad') },
  { id: 'engine', title: 'Engine', rank: 0, value: ({ raceEngines }) => raceEngines.join(', '), tone: (run) => (hasOtherEngine(run) ? 'bad' : undefined) },
  { id: 'races', title: 'Races', rank: 1, align: 'right', value: ({ races }) => races },
];

export function recordingText({ browser }: Recording, runs: readonly ToldRun[], folder: string, view: View): string {
  const heading = `${formatPlural(runs.length, 'log')} in ${plainText(folder)}${browser.version === undefined ? '' : `, recorded with ${plainText(browser.version)}`}`;
  const engines = [...new Set(runs.map(({ engine }) => engine))];
  const [base, next] = engines.length === 2 ? engines.toReversed() : [];
  const way = base === undefined || next === undefined ? [] : ['', view.style('dim', `Compare: netlog-analyze compare ${plainText(folder)}/${base} --against ${plainText(folder)}/${next}`)];
  return `${[view.style('heading', heading), '', ...tableLines(COLUMNS, runs, view, { indent: 2 }), ...way].join('\n')}\n`;
}

/** `loaded in 412 ms`. */
export function pageText(page: PageOutcome): string {
  switch (page.state) {
    case 'loaded':
      return `loaded in ${formatDuration(page.afterMs)}${page.idle ? '' : ', never idle'}`;
    case 'failed':
      return page.error.replace(/^net::/, '');
    case 'timed-out':
      return `not loaded in ${formatDuration(page.afterMs)}`;
  }
}

/** Its races are of engines that nobody asked for. */
export function hasOtherEngine({ engine, raceEngines }: ToldRun): boolean {
  return raceEngines.length > 0 && !raceEngines.includes(engine);
}
