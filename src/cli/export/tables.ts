/** The tables of a report that can be exported: their rows, as whole objects and as columns. */
import { csvChunks } from '../../report/csv.ts';
import type { Column } from '../../report/column.ts';
import { raceAttemptColumns, type RaceAttempt } from '../../report/columns/attempt.ts';
import { metricColumns } from '../../report/columns/metric.ts';
import { raceColumns } from '../../report/columns/race.ts';
import { requestColumns } from '../../report/columns/request.ts';
import { resolutionColumns } from '../../report/columns/resolution.ts';
import { sessionColumns } from '../../report/columns/session.ts';
import { plainJson } from '../../report/plain-text.ts';
import type { Report } from '../../report/report.ts';

export interface ExportTable {
  readonly csv: (report: Report) => Iterable<string>;
  /** Newline-delimited JSON: one whole object a line. */
  readonly ndjson: (report: Report) => Iterable<string>;
}

function table<Row extends object>(rowsOf: (report: Report) => readonly Row[], columns: readonly Column<Row>[]): ExportTable {
  return {
    csv: (report) => csvChunks(columns, rowsOf(report)),
    *ndjson(report) {
      for (const row of rowsOf(report)) yield `${plainJson(JSON.stringify(row))}\n`;
    },
  };
}

export const TABLES = {
  requests: table((report) => report.requests, requestColumns),
  races: table((report) => report.races, raceColumns),
  attempts: table(
    (report) => report.races.flatMap(({ id, attempts }) => attempts.map((attempt): RaceAttempt => ({ raceId: id, ...attempt }))),
    raceAttemptColumns,
  ),
  resolutions: table((report) => report.resolutions, resolutionColumns),
  sessions: table((report) => report.sessions, sessionColumns),
  metrics: table((report) => report.metrics, metricColumns),
} as const satisfies Record<string, ExportTable>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
