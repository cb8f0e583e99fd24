/** The work of the `chart` command: which charts are asked for, of what, and where they go. */
import type { ChartFormat } from '../../render/chart-format.ts';
import { SIMULATION_CHART_KINDS, TRACE_CHART_KINDS, type SimulationChartKind, type TraceChartKind } from '../../report/charts/charts.ts';
import { darkTheme, lightTheme } from '../../report/charts/palette.ts';
import { selectFrom } from '../../report/selection.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { selectionOf, topOf, windowOf, type FilterArguments } from '../options.ts';
import { exitCodeFor, readReport, type ReadArguments } from '../read-report.ts';
import { simulationCharts } from './simulation-charts.ts';
import { traceCharts } from './trace-charts.ts';
import { writeCharts } from './write-charts.ts';

export interface ChartArguments extends ReadArguments, FilterArguments {
  readonly trace: readonly string[];
  /** Absent: every kind of traces. */
  readonly kind?: readonly (TraceChartKind | SimulationChartKind)[] | undefined;
  readonly race?: readonly string[] | undefined;
  readonly top?: number | undefined;
  readonly profile?: string | undefined;
  readonly seed?: number | undefined;
  readonly sweep?: string | undefined;
  readonly quantity: string;
  readonly theme: 'light' | 'dark';
  readonly format: ChartFormat;
  readonly output: string;
  readonly force: boolean;
}

export async function runChart(args: ChartArguments, context: Context): Promise<ExitCode> {
  const theme = args.theme === 'dark' ? darkTheme : lightTheme;
  const asked = new Set<string>(args.kind ?? TRACE_CHART_KINDS);
  const ofTraces = TRACE_CHART_KINDS.filter((kind) => asked.has(kind));
  const ofSimulations = SIMULATION_CHART_KINDS.filter((kind) => asked.has(kind));
  refuseContradictions(args, ofTraces, ofSimulations);

  let exitCode: ExitCode = ExitCode.done;
  if (ofSimulations.length > 0) {
    await writeCharts(await simulationCharts(args, ofSimulations, theme, context.io.stdin), args, context.io);
    return exitCode;
  }
  windowOf(args);
  const [selection, top] = [selectionOf(args), topOf(args.top)];
  const reports = [];
  for (const path of args.trace) {
    const report = await readReport(path, args, context);
    if (exitCodeFor(path, report.trace.complete, args, context.io) !== ExitCode.done) exitCode = ExitCode.incomplete;
    reports.push(selectFrom(report, selection));
  }
  await writeCharts(traceCharts(reports, ofTraces, { wanted: args.race, top }, theme), args, context.io);
  return exitCode;
}

function refuseContradictions(args: ChartArguments, ofTraces: readonly TraceChartKind[], ofSimulations: readonly SimulationChartKind[]): void {
  const [simulated] = ofSimulations;
  const [traced] = ofTraces;
  if (simulated !== undefined && traced !== undefined) throw new UsageError(`--kind ${simulated} takes a scenario, and --kind ${traced} takes traces: draw them one after the other`);
  if (simulated !== undefined && args.trace.length > 1) throw new UsageError(`--kind ${simulated} takes one scenario, and there are ${args.trace.length}`);
  if (ofSimulations.includes('sweep') !== (args.sweep !== undefined)) throw new UsageError('--kind sweep and --sweep NAME=FROM..TO:STEP go together');
  if (simulated === undefined && (args.profile !== undefined || args.seed !== undefined)) throw new UsageError('--profile and --seed are for --kind profile-comparison and --kind sweep');
  if (args.race !== undefined && !ofTraces.includes('race-waterfall')) throw new UsageError('--race is for --kind race-waterfall');
}
