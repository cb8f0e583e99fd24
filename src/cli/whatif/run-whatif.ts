/** The work of the `whatif` command: trace in; totals, races and a chart out. */
import { formatEndpoint } from '../../address.ts';
import { CHART_FORMATS } from '../../render/chart-format.ts';
import { drawChart } from '../../render/draw-chart.ts';
import { whatIfChart, type WhatIfRow } from '../../report/charts/what-if.ts';
import { lightTheme } from '../../report/charts/palette.ts';
import { jsonChunks } from '../../report/json.ts';
import { destinationOf, type InferredRace } from '../../whatif/inferred-race.ts';
import { type ReplayedRace, whatIf, type WhatIf } from '../../whatif/what-if.ts';
import { totalsOf, typicalTime } from '../../whatif/what-if-totals.ts';
import type { Context } from '../command.ts';
import { type ExitCode, UsageError } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { widthOf } from '../options.ts';
import { openOutput } from '../output.ts';
import { countingOn } from '../progress.ts';
import { exitCodeFor } from '../read-report.ts';
import { inferTrace, type InferArguments } from './infer-trace.ts';
import { readPolicies } from './read-policies.ts';
import { type ToldPolicy, whatIfText } from './what-if-text.ts';

export interface WhatifArguments extends InferArguments {
  readonly profile: string;
  readonly set?: readonly string[] | undefined;
  readonly seeds: number;
  readonly format: 'text' | 'json';
  /** Of the chart. */
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly width?: number | undefined;
}

/** A thousand draws tell all that there is to tell. */
const MOST_SEEDS = 1000;

export async function runWhatif(args: WhatifArguments, context: Context): Promise<ExitCode> {
  const { seeds } = args;
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > MOST_SEEDS) throw new UsageError(`--seeds takes a whole number, 1 to ${MOST_SEEDS}`);
  const policies = readPolicies(args.profile, args.set);
  const format = args.output === undefined ? undefined : CHART_FORMATS.find((end) => args.output?.endsWith(`.${end}`) === true);
  if (args.output !== undefined && format === undefined) throw new UsageError(`--output takes a file that ends in .${CHART_FORMATS.join(', .')}`);
  const output = await openOutput({ width: widthOf(args.width) }, context.io);
  const { report, inference } = await inferTrace(args, context);
  const progress = countingOn(context.io.stderr, 'simulating', inference.races.filter(({ awaited }) => awaited).length);
  const result = whatIf(inference, policies, seeds, progress.report);
  progress.clear();
  const told = policies.map((policy, index): ToldPolicy => ({ policy, totals: totalsOf(result.replayed, index, seeds) }));
  if (args.output !== undefined && format !== undefined) {
    const chart = whatIfChart(told.map((each, index) => chartRow(each, index, result.replayed)), result.notUsed.length, lightTheme);
    await writeFile(await drawChart(chart, format), { output: args.output, force: args.force }, context.io);
  }
  if (args.format === 'text') await output.write(whatIfText(told, result, output.view));
  else for (const chunk of jsonChunks(jsonOf(told, result))) await output.write(chunk);
  if (args.format === 'json') await output.write('\n');
  await output.finish();
  return exitCodeFor(args.trace, report.trace.complete, args, context.io);
}

async function writeFile(content: string | Uint8Array, options: { readonly output: string; readonly force: boolean }, io: Io): Promise<void> {
  const file = await openOutput(options, io);
  try {
    await file.write(content);
    await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

function chartRow({ policy: { profile }, totals }: ToldPolicy, index: number, replayed: readonly ReplayedRace[]): WhatIfRow {
  const differences = replayed.flatMap(({ replay, runs }) => {
    const thenMs = typicalTime(runs[index] ?? []);
    return thenMs === undefined || replay.outcome !== 'connected' || replay.afterMs === undefined ? [] : [thenMs - replay.afterMs];
  });
  return { policy: profile, differences, medianMs: totals.connect?.differenceMs, interval: totals.connect?.interval };
}

/** A policy in total, then the races one by one. */
function jsonOf(told: readonly ToldPolicy[], { replayed, notUsed }: WhatIf): readonly object[] {
  return [
    ...told.map(({ policy: { profile }, totals }) => ({ kind: 'policy', profile, ...totals })),
    ...replayed.map(({ race, recorded, replay, assumed, runs }) => ({
      kind: 'race',
      ...identityOf(race),
      recorded,
      replay,
      assumed,
      policies: told.map(({ policy: { profile } }, index) => ({ profile, runs: runs[index] ?? [] })),
    })),
    ...notUsed.map(({ race, because, replay }) => ({ kind: 'not-used', ...identityOf(race), ...(race.recorded !== undefined && { recorded: race.recorded }), because, replay })),
  ];
}

function identityOf(race: InferredRace): object {
  const { id, host, port, engine, tunnelTo } = race;
  return { id, destination: destinationOf(race), ...(tunnelTo !== undefined && { proxy: formatEndpoint({ address: host, port }) }), engine };
}
