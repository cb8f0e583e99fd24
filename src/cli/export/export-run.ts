/** One trace into one partition of a data set. */
import type { AnalyzedRun } from '../../dataset/analyzed-run.ts';
import { partitionOf } from '../../dataset/partitions.ts';
import { runIdOf } from '../../dataset/run-id.ts';
import { isWritten, writePartition } from '../../dataset/write-partition.ts';
import type { Report } from '../../report/report.ts';
import { TOOL } from '../../report/tool.ts';
import type { Context } from '../command.ts';
import { runOfReport } from '../compare/run-of-report.ts';
import { withReplayableInput } from '../events/replayable-input.ts';
import { UsageError } from '../exit-code.ts';
import { windowOf, type WindowArguments } from '../options.ts';
import { readingTrace } from '../read-report.ts';

export interface ExportRunOptions extends WindowArguments {
  readonly dataset: string;
  /** Write it again even if this version has written it already. */
  readonly replace: boolean;
  readonly network?: string | undefined;
}

export type ExportedRun = { readonly outcome: 'already there' } | { readonly outcome: 'written'; readonly complete: boolean };

/** @throws UnreadableTrace; UsageError if the data set cannot be written */
export async function exportRun(path: string, options: ExportRunOptions, context: Context): Promise<ExportedRun> {
  const { dataset, replace, network } = options;
  return withReplayableInput(path, context.io, async (readable) => {
    const id = await readingTrace(path, context, () => runIdOf(readable, { window: windowText(options), signal: context.io.signal }));
    if (!replace && (await isWritten(partitionOf(dataset, id), TOOL))) return { outcome: 'already there' };
    const report = await readingTrace(path, context, (analyzer, reading) => analyzer.analyze(readable, { ...windowOf(options), ...reading }));
    await writePartition(dataset, id, analyzedRun({ ...report, trace: { ...report.trace, file: path } }, network), TOOL).catch((error: unknown) => {
      throw unwritable(dataset, error);
    });
    return { outcome: 'written', complete: report.trace.complete };
  });
}

function analyzedRun(report: Report, network: string | undefined): AnalyzedRun {
  return { ...report, run: runOfReport(report, report.trace.file), network };
}

/** `''` for the whole log. */
function windowText(args: WindowArguments): string {
  const { window } = windowOf(args);
  return window === undefined ? '' : `${window.fromMs ?? ''}..${window.toMs ?? ''}`;
}

/** A full disk, a folder that may not be written to: what the user can mend. */
function unwritable(dataset: string, error: unknown): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  return syscall === undefined ? error : new UsageError(`--output ${dataset}: ${message}; the partition that was being written is not there`, { cause: error });
}
