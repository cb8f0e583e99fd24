/** Every kind of chart over the same rows, for what must hold of all of them. */
import type { Race } from '../../../src/model/race.ts';
import type { Request } from '../../../src/model/request.ts';
import type { Resolution } from '../../../src/model/resolution.ts';
import type { Session } from '../../../src/model/session.ts';
import { SIMULATION_CHART_KINDS, TRACE_CHARTS, type SimulationChartKind, type TraceChart, type TraceChartKind } from '../../../src/report/charts/charts.ts';
import type { ChartSpecification } from '../../../src/report/charts/chart-specification.ts';
import type { Theme } from '../../../src/report/charts/palette.ts';
import { profileComparison, type ProfileRow } from '../../../src/report/charts/profile-comparison.ts';
import { sweep, type Sweep } from '../../../src/report/charts/sweep.ts';
import { aRace, aReport } from '../builders.ts';

export interface EveryRow {
  readonly races: readonly Race[];
  readonly resolutions: readonly Resolution[];
  readonly sessions: readonly Session[];
  readonly requests: readonly Request[];
  readonly profileRows: readonly ProfileRow[];
  readonly sweep: Sweep;
}

/** The waterfall is that of the first race. */
export function everyChart(rows: EveryRow, theme: Theme): Readonly<Record<TraceChartKind | SimulationChartKind, ChartSpecification>> {
  const report = aReport({ races: [...rows.races], resolutions: [...rows.resolutions], sessions: [...rows.sessions], requests: [...rows.requests] });
  const first = rows.races[0] ?? aRace();
  const draw = (chart: TraceChart): ChartSpecification => {
    switch (chart.of) {
      case 'rows':
      case 'trace':
        return chart.draw(report, theme);
      case 'race':
        return chart.draw(first, rows.resolutions.filter(({ id }) => first.resolutionIds.includes(id)), theme);
    }
  };
  const ofSimulation: Record<SimulationChartKind, () => ChartSpecification> = {
    'profile-comparison': () => profileComparison('a scenario', rows.profileRows, theme),
    sweep: () => sweep(rows.sweep, theme),
  };
  const ofTraces = Object.entries(TRACE_CHARTS).map(([kind, chart]) => [kind, draw(chart)]);
  return Object.fromEntries([...ofTraces, ...SIMULATION_CHART_KINDS.map((kind) => [kind, ofSimulation[kind]()])]) as Record<TraceChartKind | SimulationChartKind, ChartSpecification>;
}
