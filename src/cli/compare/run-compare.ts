/** The work of the `compare` command. */
import { compareRuns, type Arm } from '../../compare/compare-runs.ts';
import type { Run } from '../../compare/run.ts';
import { TOOL } from '../../report/tool.ts';
import { readThresholds } from '../check/read-thresholds.ts';
import { requireSamples } from '../check/require-samples.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { warn } from '../io.ts';
import { widthOf } from '../options.ts';
import { chooseArms, parseGrouping } from './choose-arms.ts';
import { labelOf, readRuns } from './read-runs.ts';
import { rulesOf, settingsOf, type JudgingArguments } from './judging-options.ts';
import { COMPARISON_FORMS } from './render.ts';
import { checkKey, formFiles, type ResultArguments } from './result-options.ts';
import { discardOutputs, exitCodeOf, openOutputs, tellGithub, writeBaseline, writeResults, type ResultOutputs } from './write-results.ts';

export interface CompareArguments extends ResultArguments, JudgingArguments {
  readonly trace: readonly string[];
  readonly against?: readonly string[] | undefined;
  readonly groupBy?: string | undefined;
  readonly arms?: string | undefined;
}

export async function runCompare(args: CompareArguments, context: Context): Promise<ExitCode> {
  widthOf(args.width);
  checkKey(args);
  checkSides(args);
  const files = formFiles(args, COMPARISON_FORMS);
  const file = args.thresholds === undefined ? undefined : await readThresholds(args.thresholds);
  const settings = settingsOf(args, file);
  const rules = rulesOf(args, file);
  const outputs = await openOutputs(args, files, context.io);
  try {
    if (args.against === undefined && args.groupBy === undefined) return await saveOnly(args, outputs, context);
    const [base, next] = await readSides(args, context);
    const runs = [...base.runs, ...next.runs];
    if (file !== undefined) requireSamples(file, runs);
    const result = compareRuns(base, next, { tool: TOOL, settings, thresholds: file?.thresholds ?? [], rules });
    await writeResults(result, next.runs, outputs, args);
    await tellGithub(result, args.thresholds, rules, args.key, context);
    return exitCodeOf(result, runs, args.strict, context.io);
  } catch (error) {
    await discardOutputs(outputs);
    throw error;
  }
}

function checkSides({ against, groupBy, arms, saveBaseline, trace }: CompareArguments): void {
  if (against !== undefined && groupBy !== undefined) throw new UsageError('--against and --group-by exclude each other: either name both sides, or have them found');
  if (arms !== undefined && groupBy === undefined) throw new UsageError('--arms chooses among the groups of --group-by, which is missing');
  if (groupBy !== undefined) parseGrouping(groupBy);
  if (against === undefined && groupBy === undefined && saveBaseline === undefined) {
    throw new UsageError('expected a second side, found none: add --against NEW, or --group-by engine, file or field-trial');
  }
  if ([...trace, ...(against ?? [])].filter((path) => path === '-').length > 1) throw new UsageError('- stands for stdin, which can be read only once');
}

async function readSides(args: CompareArguments, context: Context): Promise<readonly [Arm, Arm]> {
  const first = await readRuns(args.trace, context);
  if (args.against === undefined) return chooseArms(first, args.groupBy ?? '', args.arms);
  const against = args.against;
  return [
    { label: labelOf(args.trace), runs: first },
    { label: labelOf(against), runs: await readRuns(against, context) },
  ];
}

/** The first half of a comparison whose second half comes later. */
async function saveOnly(args: CompareArguments, { main, baseline }: ResultOutputs, context: Context): Promise<ExitCode> {
  const runs: Run[] = await readRuns(args.trace, context);
  await writeBaseline(runs, baseline);
  await main.discard();
  warn(context.io, `${args.saveBaseline}: ${runs.length} ${runs.length === 1 ? 'run' : 'runs'} kept`);
  return ExitCode.done;
}
