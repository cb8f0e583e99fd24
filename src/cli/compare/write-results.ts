/** Writes a result everywhere it was asked for: stdout or a file, further forms, the baseline, and GitHub where that runs us. */
import { appendFile } from 'node:fs/promises';
import { baselineOf } from '../../compare/baseline.ts';
import type { Check, Comparison } from '../../compare/comparison.ts';
import type { FailureRules } from '../../compare/outcome.ts';
import type { Run } from '../../compare/run.ts';
import { githubAnnotations } from '../../report/compare/github-annotations.ts';
import { plainJson } from '../../report/plain-text.ts';
import { TOOL } from '../../report/tool.ts';
import { plainStyle } from '../../report/view.ts';
import type { Context } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { warn, type Io } from '../io.ts';
import { openOutput, type Output } from '../output.ts';
import { render, type Form } from './render.ts';
import type { FormFile, ResultArguments } from './result-options.ts';

/** The outputs that a command line asks for, opened before anything is read, so that none fails after the work is done. */
export interface ResultOutputs {
  readonly main: Output;
  readonly also: readonly { readonly form: Form; readonly output: Output }[];
  readonly baseline: Output | undefined;
}

export async function openOutputs(args: ResultArguments, files: readonly FormFile[], io: Io): Promise<ResultOutputs> {
  const opened: Output[] = [];
  const open = async (output: string | undefined): Promise<Output> => {
    const next = await openOutput({ output, force: args.force, width: args.width }, io);
    opened.push(next);
    return next;
  };
  try {
    const main = await open(args.output);
    const also: { form: Form; output: Output }[] = [];
    for (const { form, file } of files) also.push({ form, output: await open(file) });
    return { main, also, baseline: args.saveBaseline === undefined ? undefined : await open(args.saveBaseline) };
  } catch (error) {
    await Promise.all(opened.map((output) => output.discard()));
    throw error;
  }
}

export async function discardOutputs({ main, also, baseline }: ResultOutputs): Promise<void> {
  await Promise.all([main, ...also.map(({ output }) => output), ...(baseline === undefined ? [] : [baseline])].map((output) => output.discard()));
}

export async function writeResults(result: Comparison | Check, runs: readonly Run[], outputs: ResultOutputs, args: ResultArguments): Promise<void> {
  for (const { form, output } of [{ form: args.format, output: outputs.main }, ...outputs.also]) {
    const chunks = form === 'chart' ? await chartChunks(result) : render(result, form, { view: output.view, key: args.key });
    for (const chunk of chunks) await output.write(chunk);
    await output.finish();
  }
  await writeBaseline(runs, outputs.baseline);
}

async function chartChunks(result: Comparison | Check): Promise<Iterable<string>> {
  if (result.kind === 'check') return [];
  const [{ compareDistributions }, { lightTheme }] = await Promise.all([import('../../report/charts/compare-distributions.ts'), import('../../report/charts/palette.ts')]);
  return [`${plainJson(JSON.stringify(compareDistributions(result, lightTheme), null, 2))}\n`];
}

/** One run a line, which keeps a diff of two baselines readable. */
export async function writeBaseline(runs: readonly Run[], output: Output | undefined): Promise<void> {
  if (output === undefined) return;
  const { runs: rows, ...head } = baselineOf(runs, TOOL);
  const fields = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  await output.write(plainJson(`{\n${fields.join(',\n')},\n"runs": [\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n}\n`));
  await output.finish();
}

/** On GitHub: annotations on stderr, which the runner reads as well as stdout, and the markdown in the step's summary. */
export async function tellGithub(result: Comparison | Check, thresholdsFile: string | undefined, { onInconclusive }: FailureRules, key: string, { io }: Context): Promise<void> {
  if (io.env['GITHUB_ACTIONS'] !== 'true') return;
  if (thresholdsFile !== undefined) io.stderr.write(githubAnnotations(result, thresholdsFile, onInconclusive));
  const summary = io.env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  const chunks = [...render(result, 'markdown', { view: { width: 80, style: plainStyle }, key })];
  await appendFile(summary, chunks.join('')).catch((error: Error) => {
    warn(io, `GITHUB_STEP_SUMMARY: ${error.message}`);
  });
}

/** What a command ends with; an incomplete log under `--strict` outweighs a breach, since the numbers rest on it. */
export function exitCodeOf(result: Comparison | Check, runs: readonly Run[], strict: boolean, io: Io): ExitCode {
  const incomplete = runs.filter(({ facts }) => !facts.complete);
  if (strict && incomplete.length > 0) {
    warn(io, `incomplete, and --strict asks for whole logs (exit code ${ExitCode.incomplete}): ${incomplete.map(({ name }) => name).join(', ')}`);
    return ExitCode.incomplete;
  }
  return result.outcome === 'failed' ? ExitCode.failed : ExitCode.done;
}
