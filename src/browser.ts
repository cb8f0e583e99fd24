/**
 * netlog-analyze in a browser, or wherever else there is no Node: the same reader, model, metrics and findings.
 *
 * ```ts
 * import { analyze } from 'netlog-analyze/browser';
 * const report = await analyze(fileInput.files[0]);
 * ```
 *
 * Nothing is fetched and nothing is sent. An analysis takes as long as the log is large: call it in a worker.
 */
import { type LogBytes, openBlob } from './input/open-blob.ts';
import { type AnalyzeOptions, type OpenLog, type ReadResult, analyzeLog, readLog, reconstructLog } from './log-analysis.ts';
import type { EventSink } from './netlog/event.ts';
import type { Reconstruction, Report } from './report/report.ts';

export type { LogBytes } from './input/open-blob.ts';
// What they give has the same types as in Node.
export type * from './index.ts';
export { NetLogError } from './netlog/errors.ts';
export { createModel } from './model/model.ts';
export { computeMetrics } from './metrics/all-metrics.ts';
export { allRules } from './findings/all-rules.ts';
export { judge } from './findings/judge.ts';
export { reportSchema } from './report/report.ts';

export interface BrowserOptions extends AnalyzeOptions {
  /** What the report calls the log; that of the file unless given, or `log`. */
  readonly name?: string;
}

/**
 * Reads a NetLog (plain, gzip, zstd or zip, told by content) into a sink: `start`, each event in log order, `end`. A
 * cut-off or damaged log gives what it holds, `complete: false` and diagnostics.
 *
 * @throws NetLogError for what cannot be read or is not a NetLog
 */
export async function readNetLog(log: LogBytes, sink: EventSink, options: BrowserOptions = {}): Promise<ReadResult> {
  return readLog(opening(log, options), sink, options);
}

/**
 * Reads a NetLog and tells its story: resolutions, races, sessions, requests, metrics, histograms and findings.
 *
 * @throws NetLogError for what cannot be read or is not a NetLog
 */
export async function analyze(log: LogBytes, options: BrowserOptions = {}): Promise<Report> {
  return analyzeLog(opening(log, options), options);
}

/** Reads a NetLog as `analyze` does, for those who want its resolutions, races, sessions and requests and nothing computed of them. */
export async function reconstruct(log: LogBytes, options: BrowserOptions = {}): Promise<Reconstruction> {
  return reconstructLog(opening(log, options), options);
}

function opening(log: LogBytes, { name = log instanceof File ? log.name : 'log' }: BrowserOptions): OpenLog {
  return (limits) => openBlob(log, name, limits);
}
