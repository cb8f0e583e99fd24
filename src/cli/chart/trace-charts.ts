/** The charts of traces, each with the name of its file. */
import type { Race } from '../../model/race.ts';
import { TRACE_CHARTS, type TraceChart, type TraceChartKind } from '../../report/charts/charts.ts';
import { emptyChart } from '../../report/charts/chart-specification.ts';
import type { Theme } from '../../report/charts/palette.ts';
import { worstFirst } from '../../report/order.ts';
import type { Report } from '../../report/report.ts';
import { UsageError } from '../exit-code.ts';
import { findRaces } from '../find-races.ts';
import type { NamedChart } from './write-charts.ts';

export interface RaceChoice {
  /** Ids, hosts, URLs or globs; absent: those that matter most. */
  readonly wanted?: readonly string[] | undefined;
  /** How many of those that matter most, of each trace. */
  readonly top: number;
}

export function traceCharts(reports: readonly Report[], kinds: readonly TraceChartKind[], choice: RaceChoice, theme: Theme): NamedChart[] {
  const rows = { races: reports.flatMap(({ races }) => races), resolutions: reports.flatMap(({ resolutions }) => resolutions) };
  const chosen = kinds.includes('race-waterfall') ? chosenRaces(reports, choice) : [];
  const place = (index: number): string => (reports.length > 1 ? `-${index + 1}` : '');
  return kinds.flatMap((kind): NamedChart[] => {
    const chart: TraceChart = TRACE_CHARTS[kind];
    switch (chart.of) {
      case 'rows':
        return [{ name: kind, specification: chart.draw(rows, theme) }];
      case 'trace':
        return reports.map((report, i) => ({ name: `${kind}${place(i)}`, specification: chart.draw(report, theme) }));
      case 'race':
        return reports.flatMap((report, i) => {
          const races = chosen[i] ?? [];
          if (report.races.length === 0) return [{ name: `${kind}${place(i)}`, specification: emptyChart(theme, 'A race', 'The trace has no races: nothing needed a new connection.') }];
          return races.map((race) => ({ name: `${kind}${place(i)}-${race.id}`, specification: chart.draw(race, resolutionsOf(race, report), theme) }));
        });
    }
  });
}

function resolutionsOf({ resolutionIds }: Race, { resolutions }: Report): Report['resolutions'] {
  return resolutions.filter(({ id }) => resolutionIds.includes(id));
}

/** The races to draw of each report; what is wanted must be in one of them. */
function chosenRaces(reports: readonly Report[], { wanted, top }: RaceChoice): Race[][] {
  if (wanted === undefined) return reports.map(({ races }) => worstFirst(races, ({ outcome, durationMs }) => ({ failed: outcome === 'failed', durationMs })).slice(0, top));
  const found = reports.map((report) => wanted.map((word) => findRaces(report, word)));
  wanted.forEach((word, i) => {
    const suggestions: string[] = [];
    for (const results of found) {
      const result = results[i];
      if (result?.kind === 'races') return;
      if (result !== undefined) suggestions.push(...result.suggestions);
    }
    throw new UsageError(`no race ${word}${suggestions.length === 0 ? '; netlog-analyze races lists them' : `; nearest: ${[...new Set(suggestions)].slice(0, 3).join(', ')}`}`);
  });
  return found.map((results) => [...new Set(results.flatMap((result) => (result.kind === 'races' ? result.races : [])))]);
}
