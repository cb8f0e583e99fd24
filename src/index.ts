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

// Charts: specifications of Vega-Lite, made from reports and simulations, and what draws them.
export { TRACE_CHARTS } from './report/charts/charts.ts';
export type { Rows, TraceChart, TraceChartKind } from './report/charts/charts.ts';
export { framed, retitled } from './report/charts/chart-specification.ts';
export type { ChartBody, ChartSpecification, Heading } from './report/charts/chart-specification.ts';
export { profileComparison as profileComparisonChart } from './report/charts/profile-comparison.ts';
export type { ProfileRow } from './report/charts/profile-comparison.ts';
export { sweep as sweepChart } from './report/charts/sweep.ts';
export type { Sweep, SweepRow } from './report/charts/sweep.ts';
export { darkTheme, lightTheme } from './report/charts/palette.ts';
export type { Theme } from './report/charts/palette.ts';
export { drawChart } from './render/draw-chart.ts';
export type { ChartFormat } from './render/chart-format.ts';
export { notebookChart, notebookTable } from './render/notebook-output.ts';
export type { NotebookCell, NotebookOutput } from './render/notebook-output.ts';

// Simulation: scenarios, clients, and what comes of them, as outcomes or as the events of a NetLog.
export { readScenario } from './simulator/scenario/read-scenario.ts';
export { ScenarioError } from './simulator/scenario/scenario-error.ts';
export type { Scenario } from './simulator/scenario/scenario.ts';
export { PROFILES } from './engine/profiles/profiles.ts';
export type { Parameters } from './engine/profiles/parameters.ts';
export { OverrideError, withOverrides } from './engine/profiles/overrides.ts';
export { simulateRequests } from './simulator/outcomes/simulate-requests.ts';
export type { RaceOutcome, RequestConnection, RequestOutcome } from './simulator/outcomes/request-outcome.ts';
export { logSimulation } from './simulator/log-simulation.ts';
export type { SimulationOptions } from './simulator/log-simulation.ts';
export { writeNetLog } from './netlog/write-netlog.ts';
export { TOOL } from './report/tool.ts';

// Counterfactuals: the networks that a trace met, and other clients in them.
export { inferRaces } from './whatif/infer-races.ts';
export type { Inference } from './whatif/infer-races.ts';
export { whatIf } from './whatif/what-if.ts';
export type { AskedPolicy, ReplayedRace, WhatIf } from './whatif/what-if.ts';
export { totalsOf } from './whatif/what-if-totals.ts';
export type { PolicyTotals } from './whatif/what-if-totals.ts';

// Data sets: traces as Parquet, and SQL over any number of them.
export { exportTrace, UnwritableDataset } from './export-trace.ts';
export type { ExportedTrace, ExportTraceOptions } from './export-trace.ts';
export { queryDatasets } from './dataset/sql/query-datasets.ts';
export { QueryError } from './dataset/sql/run-query.ts';
export type { SqlValue } from './dataset/sql/run-query.ts';
