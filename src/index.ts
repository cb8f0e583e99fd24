/**
 * netlog-analyze as a library: the same engine as the command line.
 *
 * ```ts
 * import { analyze } from 'netlog-analyze';
 * const report = await analyze('trace.json');
 * for (const race of report.races) console.log(race.destination?.host, race.winner?.ipEndpoint);
 * ```
 */
export { analyze, readNetLog, reconstruct } from './analyze.ts';
export type { AnalyzeOptions, Limits, ReadProgress, ReadResult, ResultLimits } from './log-analysis.ts';
export { NetLogError } from './netlog/errors.ts';
export type {
  ClientInfo,
  Diagnostic,
  EventParams,
  EventSink,
  EventSource,
  LogConstants,
  LogEnd,
  NetLogEvent,
  Passing,
  Phase,
  Severity,
} from './netlog/event.ts';
export type { LogWindow } from './netlog/window.ts';
export { createModel } from './model/model.ts';
export type { Model, ModelOptions } from './model/model.ts';
export type { Evidence, NetError, Outcome, RaceEngine } from './model/common.ts';
export type { Attempt, EndpointStage, Race, Transport } from './model/race.ts';
export type { Request } from './model/request.ts';
export type {
  DnsAttempt,
  DnsTransaction,
  EndpointUpdate,
  HttpsRecord,
  Resolution,
  ResolverTask,
  ServiceEndpoint,
} from './model/resolution.ts';
export type { Journal, JournalEvent } from './model/journal.ts';
export type { Migration, Session } from './model/session.ts';
export type { NetworkChange, Trace } from './model/trace.ts';
export { computeMetrics } from './metrics/all-metrics.ts';
export type { Metric, Summary } from './metrics/metric.ts';
export type { Finding } from './findings/finding.ts';
export { allRules } from './findings/all-rules.ts';
export { judge } from './findings/judge.ts';
export type { Judgement, Rule } from './findings/rule.ts';
export { checkSchema, comparisonSchema } from './compare/comparison.ts';
export type { Check, Comparison } from './compare/comparison.ts';
export { reportSchema } from './report/report.ts';
export type { Reconstruction, Report } from './report/report.ts';
export type { Millis, Ticks, UnixMillis } from './units.ts';
