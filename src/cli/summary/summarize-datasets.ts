/** The summary of data sets: each in one piece, whatever the number of its runs. */
import { partitionsIn } from '../../dataset/partitions.ts';
import { UnusablePartition } from '../../dataset/parquet/read-table.ts';
import type { DatasetSummary } from '../../dataset/pool/pooled-metric.ts';
import { summarizeDataset } from '../../dataset/pool/summarize-dataset.ts';
import { datasetSummaryMarkdown, datasetSummaryText } from '../../report/dataset-summary.ts';
import { jsonChunks } from '../../report/json.ts';
import { isEverything, type Selection } from '../../report/selection.ts';
import type { View } from '../../report/view.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { warn } from '../io.ts';
import { widthOf, windowOf, type WindowArguments } from '../options.ts';
import { openOutput, type OutputOptions } from '../output.ts';
import { UnreadableTrace } from '../read-report.ts';

export interface SummarizeArguments extends WindowArguments, OutputOptions {
  readonly trace: readonly string[];
  readonly selection: Selection;
  readonly strict: boolean;
  readonly format: 'text' | 'json' | 'markdown';
}

export async function summarizeDatasets(args: SummarizeArguments, { io }: Context): Promise<ExitCode> {
  if (!isEverything(args.selection) || windowOf(args).window !== undefined) throw new UsageError('filters, --from and --to do not apply to a data set; netlog-analyze sql chooses among its rows');
  for (const path of args.trace) {
    if ((await partitionsIn(path)).length === 0) throw new UsageError(`${path}: expected a data set, as the others are; traces are summed up apart`);
  }
  const output = await openOutput({ ...args, width: widthOf(args.width) }, io);
  try {
    let exitCode: ExitCode = ExitCode.done;
    const summaries: DatasetSummary[] = [];
    for (const path of args.trace) {
      const summary = await summarizeDataset(path, { signal: io.signal }).catch((error: unknown) => {
        throw error instanceof UnusablePartition ? new UnreadableTrace(error.message, { cause: error }) : error;
      });
      summaries.push(summary);
      if (!args.strict || summary.incomplete === 0) continue;
      warn(io, `${path}: ${summary.incomplete} of the logs are incomplete, and --strict asks for whole ones (exit code ${ExitCode.incomplete})`);
      exitCode = ExitCode.incomplete;
    }
    for (const chunk of render(summaries, args.format, output.view)) await output.write(chunk);
    await output.finish();
    return exitCode;
  } catch (error) {
    await output.discard();
    throw error;
  }
}

function* render(summaries: readonly DatasetSummary[], format: SummarizeArguments['format'], view: View): Generator<string> {
  switch (format) {
    case 'text':
      yield summaries.map((summary) => datasetSummaryText(summary, view)).join('\n');
      break;
    case 'markdown':
      yield summaries.map(datasetSummaryMarkdown).join('\n');
      break;
    case 'json': {
      const [only, ...more] = summaries;
      yield* jsonChunks(only !== undefined && more.length === 0 ? only : summaries);
      yield '\n';
      break;
    }
  }
}
