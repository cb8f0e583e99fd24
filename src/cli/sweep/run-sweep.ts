/** The work of the `sweep` command: a grid of simulations in; a table, data or a chart out. */
import type { ChartFormat } from '../../render/chart-format.ts';
import { drawChart } from '../../render/draw-chart.ts';
import { lightTheme } from '../../report/charts/palette.ts';
import { sweep } from '../../report/charts/sweep.ts';
import { csvChunks } from '../../report/csv.ts';
import { jsonChunks } from '../../report/json.ts';
import { plainText } from '../../report/plain-text.ts';
import { tableLines } from '../../report/terminal/table.ts';
import { wrapText } from '../../report/terminal/text-width.ts';
import type { View } from '../../report/view.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { widthOf } from '../options.ts';
import { openOutput } from '../output.ts';
import { countingOn } from '../progress.ts';
import { scenarioText } from '../simulate/read-simulation.ts';
import { type MetricName, metricOf } from './metrics.ts';
import { runGrid } from './run-grid.ts';
import { cellColumns, runColumns, runsOf, type SweepCell } from './sweep-table.ts';
import { readVaried, simulationWith, type Varied } from './varied.ts';

export interface SweepArguments {
  readonly scenario: string;
  readonly vary: readonly string[];
  readonly profile?: string | undefined;
  readonly seed?: number | undefined;
  readonly metric: MetricName;
  readonly format?: 'text' | 'json' | 'csv' | undefined;
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly width?: number | undefined;
}

/** What is drawn or told. */
interface Outcome {
  readonly scenario: string;
  readonly seed: number;
  readonly metric: MetricName;
  readonly varied: readonly Varied[];
  readonly profiles: readonly string[];
  readonly cells: readonly SweepCell[];
}

const MOST_RUNS = 100_000;

export async function runSweep(args: SweepArguments, { io }: Context): Promise<ExitCode> {
  const width = widthOf(args.width);
  const varied = args.vary.map(readVaried);
  const paths = varied.map(({ path }) => path);
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice !== undefined) throw new UsageError(`--vary ${twice}: is given twice`);
  const format = formatOf(args);
  const text = await scenarioText(args.scenario, io.stdin);
  const study = { text, scenario: args.scenario, profile: args.profile, seed: args.seed, paths, metric: args.metric };
  // With the first values of all: mistakes come out before anything is run, and it knows names and clients.
  const { name, seed, clients } = simulationWith(text, varied.map(({ path, values }) => ({ path, value: values[0] ?? 0 })), study);
  const runs = varied.reduce((count, { values }) => count * values.length, clients.length);
  if (runs > MOST_RUNS) throw new UsageError(`--vary and --profile: at most ${MOST_RUNS} runs, found ${runs}`);

  const output = await openOutput({ output: args.output, force: args.force, width }, io);
  try {
    const cells = cellsOf(varied);
    const progress = countingOn(io.stderr, 'simulating', cells.length);
    const results = await runGrid(study, cells, { signal: io.signal, onProgress: progress.report }).finally(progress.clear);
    const outcome: Outcome = { scenario: name, seed, metric: args.metric, varied, profiles: clients.map(({ profile }) => profile), cells: cells.map((values, i) => ({ values, results: results[i] ?? [] })) };
    for await (const chunk of chunksOf(outcome, format, output.view)) await output.write(chunk);
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
  return ExitCode.done;
}

type Format = 'text' | 'json' | 'csv' | ChartFormat;

const ENDING = /\.(svg|png|html|vl\.json|json|csv)$/i;

/** `--format`, or what the name of the file says. */
function formatOf({ format, output = '' }: SweepArguments): Format {
  const ending = ENDING.exec(output)?.[1]?.toLowerCase() as Format | undefined;
  if (format !== undefined && ending !== undefined && ending !== format) throw new UsageError(`--format ${format} and --output ${output}: the file's name says ${ending}`);
  return format ?? ending ?? 'text';
}

/** The last path varies fastest. */
function cellsOf(varied: readonly Varied[]): readonly (readonly number[])[] {
  return varied.reduce<readonly (readonly number[])[]>((cells, { values }) => cells.flatMap((cell) => values.map((value) => [...cell, value])), [[]]);
}

async function* chunksOf(outcome: Outcome, format: Format, view: View): AsyncGenerator<string | Uint8Array> {
  const { scenario, seed, metric, varied, profiles, cells } = outcome;
  switch (format) {
    case 'text': {
      const title = `${metricOf(metric).title}, ${scenario}, seed ${seed}`;
      const lines = [...wrapText(plainText(title), view.width).map((line) => view.style('heading', line)), '', ...tableLines(cellColumns(varied, profiles), cells, view, { mentionHidden: true })];
      return yield `${lines.join('\n')}\n`;
    }
    case 'json':
      yield* jsonChunks({ scenario, seed, metric, varied: varied.map(({ path }) => path), profiles, runs: runsOf(varied, cells) });
      return yield '\n';
    case 'csv':
      return yield* csvChunks(runColumns(varied, metric), runsOf(varied, cells));
    case 'svg':
    case 'png':
    case 'html':
    case 'vl.json':
      return yield await drawChart(sweep({ scenario, parameter: varied[0]?.title ?? '', quantity: metricOf(metric).title, rows: chartRows(outcome) }, lightTheme), format);
  }
}

/** Along the axis stands what was varied first; the values of all else belong to the name of a line. */
function chartRows({ varied, cells }: Outcome): Parameters<typeof sweep>[0]['rows'] {
  const others = varied.slice(1);
  return cells.flatMap(({ values: [value = 0, ...rest], results }) => {
    const where = others.map(({ path }, i) => `, ${path.split('.').at(-1)} ${rest[i]}`).join('');
    return results.map(({ profile, ...result }) => ({ profile: `${profile}${where}`, value, ...result }));
  });
}
