/** The work of the `check` command. */
import { checkRuns } from '../../compare/check-runs.ts';
import type { FailureRules } from '../../compare/outcome.ts';
import { TOOL } from '../../report/tool.ts';
import type { Context } from '../command.ts';
import { labelOf, readRuns } from '../compare/read-runs.ts';
import { FORMATS } from '../compare/render.ts';
import { checkKey, formFiles, type ResultArguments } from '../compare/result-options.ts';
import { discardOutputs, exitCodeOf, openOutputs, tellGithub, writeResults } from '../compare/write-results.ts';
import { UsageError, type ExitCode } from '../exit-code.ts';
import { widthOf } from '../options.ts';
import { readThresholds } from './read-thresholds.ts';
import { requireSamples } from './require-samples.ts';

export interface CheckArguments extends ResultArguments {
  readonly trace: readonly string[];
  readonly thresholds: string;
}

export async function runCheck(args: CheckArguments, context: Context): Promise<ExitCode> {
  widthOf(args.width);
  checkKey(args);
  const files = formFiles(args, FORMATS);
  const file = await readThresholds(args.thresholds);
  const limits = file.thresholds.filter(({ expression }) => expression.kind === 'limit');
  if (limits.length === 0) throw new UsageError(`${args.thresholds}: expected a limit of one side such as "p95 < 200ms", found only differences; netlog-analyze compare holds those`);
  const rules: FailureRules = { onInconclusive: file.onInconclusive ?? 'warn', onRegression: 'pass' };
  const outputs = await openOutputs(args, files, context.io);
  try {
    const runs = await readRuns(args.trace, context);
    requireSamples({ ...file, thresholds: limits }, runs);
    const result = checkRuns({ label: labelOf(args.trace), runs }, { tool: TOOL, thresholds: file.thresholds, rules });
    await writeResults(result, runs, outputs, args);
    await tellGithub(result, args.thresholds, rules, args.key, context);
    return exitCodeOf(result, runs, args.strict, context.io);
  } catch (error) {
    await discardOutputs(outputs);
    throw error;
  }
}
