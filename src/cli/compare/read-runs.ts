/** Reads the runs of one side, one file after the other; of each only what a comparison needs stays in memory. */
import type { Run } from '../../compare/run.ts';
import { partitionsIn } from '../../dataset/partitions.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../exit-code.ts';
import { warn } from '../io.ts';
import { readingTrace, UnreadableTrace } from '../read-report.ts';
import { expandPaths } from './expand-paths.ts';
import { readSaved } from './read-saved.ts';
import { runOfReport } from '../../report/run-of-report.ts';

/**
 * NetLogs, saved reports, baselines and data sets; at least one run.
 *
 * @throws UnreadableTrace for a file that was named; in a directory, what is no trace is left out, and said
 */
export async function readRuns(paths: readonly string[], context: Context): Promise<Run[]> {
  const runs: Run[] = [];
  const leftOut: string[] = [];
  for (const { path, named } of await expandPaths(paths)) {
    try {
      runs.push(...(await readFile(path, context)));
    } catch (error) {
      if (named || !(error instanceof UnreadableTrace)) throw error;
      leftOut.push(path);
    }
  }
  if (leftOut.length > 0) warn(context.io, `left out, because ${leftOut.length === 1 ? 'it is no trace' : 'they are no traces'}: ${leftOut.join(', ')}`);
  if (runs.length === 0) throw new UsageError(`${paths.join(' ')}: expected at least one trace, found none`);
  return runs;
}

/** What people call a side: its path, or the first of many. */
export function labelOf([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

async function readFile(path: string, context: Context): Promise<Run[]> {
  const partitions = await partitionsIn(path);
  if (partitions.length > 0) return (await import('./read-dataset.ts')).readDatasetRuns(partitions, context);
  return readingTrace(path, context, async (analyzer, options) => {
    const saved = path === '-' ? undefined : await readSaved(path);
    return saved ?? [runOfReport(await analyzer.analyze(path, options), path)];
  });
}
