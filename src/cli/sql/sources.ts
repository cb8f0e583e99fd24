/** The data sets that the sources of a query are: those named, and one made of the traces among them. */
import { isDataset, partitionsIn } from '../../dataset/partitions.ts';
import type { Context } from '../command.ts';
import { expandPaths } from '../compare/expand-paths.ts';
import { UsageError } from '../exit-code.ts';
import { warn } from '../io.ts';
import { exportRun } from '../export/export-run.ts';
import { UnreadableTrace } from '../read-report.ts';

/**
 * @param temporary the folder for the traces; the caller takes it away
 * @throws UnreadableTrace for a trace that was named; in a directory, what is no trace is left out, and said
 */
export async function datasetsOf(sources: readonly string[], temporary: string, context: Context): Promise<string[]> {
  const datasets: string[] = [];
  const traces: string[] = [];
  for (const source of new Set(sources)) ((await isDataset(source)) ? datasets : traces).push(source);
  if (traces.length > 0) {
    await exportTraces(traces, temporary, context);
    datasets.push(temporary);
  }
  await refuseTwice(datasets);
  return datasets;
}

async function exportTraces(traces: readonly string[], dataset: string, context: Context): Promise<void> {
  const leftOut: string[] = [];
  for (const { path, named } of await expandPaths(traces)) {
    try {
      await exportRun(path, { dataset, replace: false }, context);
    } catch (error) {
      if (named || !(error instanceof UnreadableTrace)) throw error;
      leftOut.push(path);
    }
  }
  if (leftOut.length > 0) warn(context.io, `left out, because no traces: ${leftOut.join(', ')}`);
  if (!(await isDataset(dataset))) throw new UsageError(`${traces.join(' ')}: expected at least one trace, found none`);
}

/** A run in two sources would count twice. */
async function refuseTwice(datasets: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const dataset of datasets) {
    for (const { id, folder } of await partitionsIn(dataset)) {
      const other = seen.get(id);
      if (other !== undefined) throw new UsageError(`the same run is in ${other} and in ${folder}, and would count twice; name one of them`);
      seen.set(id, folder);
    }
  }
}
