/** One trace into one partition of a data set, with progress, and with errors that name trace and folder. */
import type { Context } from '../command.ts';
import { withReplayableInput } from '../events/replayable-input.ts';
import { UsageError } from '../exit-code.ts';
import { windowOf, type WindowArguments } from '../options.ts';
import { readingTrace } from '../read-report.ts';
import { exportTrace, UnwritableDataset, type ExportedTrace } from '../../export-trace.ts';

export interface ExportRunOptions extends WindowArguments {
  readonly dataset: string;
  /** Write it again even if this version has written it already. */
  readonly replace: boolean;
  readonly network?: string | undefined;
}

/** @throws UnreadableTrace; UsageError if the data set cannot be written */
export async function exportRun(path: string, options: ExportRunOptions, context: Context): Promise<ExportedTrace> {
  const { dataset, replace, network } = options;
  const window = windowOf(options);
  try {
    return await withReplayableInput(path, context.io, (readable) => readingTrace(path, context, (_, reading) => exportTrace(readable, dataset, { ...window, ...reading, replace, network, name: path })));
  } catch (error) {
    if (!(error instanceof UnwritableDataset)) throw error;
    throw new UsageError(`--output ${dataset}: ${error.message}; the partition that was being written is not there`, { cause: error });
  }
}
