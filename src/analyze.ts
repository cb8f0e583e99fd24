/** The way in for Node: logs by their path. */
import { watchHeap } from './input/heap-watch.ts';
import { openInput } from './input/open-input.ts';
import { type AnalyzeOptions, type OpenLog, type ReadResult, analyzeLog, readLog, reconstructLog } from './log-analysis.ts';
import type { EventSink } from './netlog/event.ts';
import type { Reconstruction, Report } from './report/report.ts';

/**
 * Reads a NetLog (plain, gzip, zstd or zip, told by content) into a sink: `start`, each event in log
 * order, `end`. A cut-off or damaged log gives what it holds, `complete: false` and diagnostics.
 *
 * @param path a file, or `-` for standard input
 * @throws NetLogError for what cannot be read or is not a NetLog
 */
export async function readNetLog(path: string, sink: EventSink, options: AnalyzeOptions = {}): Promise<ReadResult> {
  return readLog(at(path), sink, options);
}

/**
 * Reads a NetLog and tells its story: resolutions, races, sessions, requests and metrics.
 *
 * @param path a file, or `-` for standard input
 * @throws NetLogError for what cannot be read or is not a NetLog
 */
export async function analyze(path: string, options: AnalyzeOptions = {}): Promise<Report> {
  return withHeapWatch((isFull) => analyzeLog(at(path), options, isFull));
}

/** Reads a NetLog as `analyze` does, for those who want its resolutions, races, sessions and requests and nothing computed of them. */
export async function reconstruct(path: string, options: AnalyzeOptions = {}): Promise<Reconstruction> {
  return withHeapWatch((isFull) => reconstructLog(at(path), options, isFull));
}

function at(path: string): OpenLog {
  return (limits) => openInput(path, undefined, limits);
}

async function withHeapWatch<Result>(read: (isFull: () => boolean) => Promise<Result>): Promise<Result> {
  const heap = watchHeap();
  try {
    return await read(heap.isFull);
  } finally {
    heap.end();
  }
}
