/** The work of `export --format parquet`: a partition for each trace. */
import { isEverything } from '../../report/selection.ts';
import type { Context } from '../command.ts';
import { expandPaths } from '../compare/expand-paths.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { warn } from '../io.ts';
import { selectionOf, windowOf, type FilterArguments, type WindowArguments } from '../options.ts';
import { exitCodeFor, UnreadableTrace } from '../read-report.ts';
import { exportRun } from './export-run.ts';

export interface DatasetArguments extends FilterArguments, WindowArguments {
  readonly trace: readonly string[];
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly strict: boolean;
  readonly network?: string | undefined;
}

export async function exportDataset(args: DatasetArguments, context: Context): Promise<ExitCode> {
  const { output: dataset, force: replace, network } = args;
  if (dataset === undefined || dataset === '-') throw new UsageError('parquet takes --output DATASET: a folder, made or added to');
  if (!isEverything(selectionOf(args))) throw new UsageError('filters do not apply to parquet: a data set holds whole runs, and netlog-analyze sql chooses among them');
  windowOf(args);
  const { io } = context;
  const counts = { written: 0, 'already there': 0, unreadable: 0, 'no trace': 0 };
  let worst: ExitCode = ExitCode.done;
  for (const { path, named } of await expandPaths(args.trace)) {
    try {
      const exported = await exportRun(path, { ...args, dataset, replace, network }, context);
      counts[exported.outcome]++;
      const exitCode = exported.outcome === 'written' ? exitCodeFor(path, exported.complete, args, io) : ExitCode.done;
      if (exitCode !== ExitCode.done && worst === ExitCode.done) worst = exitCode;
    } catch (error) {
      if (!(error instanceof UnreadableTrace)) throw error;
      warn(io, error.message);
      counts[named ? 'unreadable' : 'no trace']++;
      // In a directory not everything need be a trace.
      if (named) worst = ExitCode.unreadable;
    }
  }
  const told = Object.entries(counts).filter(([outcome, count]) => count > 0 || outcome === 'written');
  warn(io, `${dataset}: ${told.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`);
  return worst;
}
