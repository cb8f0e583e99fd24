/** One trace into one partition of a data set, for the library and for every command that writes partitions. */
import { analyze } from './analyze.ts';
import { partitionOf } from './dataset/partitions.ts';
import { runIdOf } from './dataset/run-id.ts';
import { isWritten, writePartition } from './dataset/write-partition.ts';
import type { AnalyzeOptions } from './log-analysis.ts';
import type { LogWindow } from './netlog/window.ts';
import { TOOL } from './report/tool.ts';
import { runOfReport } from './report/run-of-report.ts';

export interface ExportTraceOptions extends Omit<AnalyzeOptions, 'onBytes' | 'caughtUp'> {
  /** Name of the network that the trace was recorded in, which no log tells. */
  readonly network?: string | undefined;
  /** Write it again even if this version has written it already. */
  readonly replace?: boolean;
  /** What the data set calls the trace, instead of its path. */
  readonly name?: string;
}

export type ExportedTrace = { readonly outcome: 'already there' } | { readonly outcome: 'written'; readonly complete: boolean };

/** The folder of the data set cannot be written to, or is full; the partition that was being written is not there. */
export class UnwritableDataset extends Error {
  override readonly name = 'UnwritableDataset';
}

/**
 * Analyses a NetLog file and writes it as a partition of a data set, whole or not at all. A partition is named after the
 * bytes of the file and the window: the same trace always makes the same one, and one that is there already is passed over.
 *
 * @param dataset a folder; made if there is none, else added to. Any number of processes may write to it.
 * @throws NetLogError for what is not a NetLog; UnwritableDataset
 */
export async function exportTrace(path: string, dataset: string, { network, replace = false, name = path, ...reading }: ExportTraceOptions = {}): Promise<ExportedTrace> {
  const id = await runIdOf(path, { window: windowText(reading.window), signal: reading.signal });
  if (!replace && (await isWritten(partitionOf(dataset, id), TOOL))) return { outcome: 'already there' };
  const report = await analyze(path, reading);
  const run = { ...report, trace: { ...report.trace, file: name } };
  await writePartition(dataset, id, { ...run, run: runOfReport(run, name), network }, TOOL).catch((error: unknown) => {
    const { syscall, message } = error as NodeJS.ErrnoException;
    throw syscall === undefined ? error : new UnwritableDataset(message, { cause: error });
  });
  return { outcome: 'written', complete: report.trace.complete };
}

/** `''` for the whole log. */
function windowText({ fromMs, toMs }: LogWindow = {}): string {
  return fromMs === undefined && toMs === undefined ? '' : `${fromMs ?? ''}..${toMs ?? ''}`;
}
