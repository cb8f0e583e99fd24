/** The lists of a summary: what is worth a look first, cut to the number asked for. */
import type { Metric } from '../metrics/metric.ts';
import type { Race } from '../model/race.ts';
import type { Request } from '../model/request.ts';
import type { Resolution } from '../model/resolution.ts';
import { formatCount } from './format.ts';
import { worstFirst } from './order.ts';
import type { Report } from './report.ts';

export interface SummaryOptions {
  /** How many rows each list has at most; `Infinity` for all. */
  readonly top: number;
  /** The filters in words; `''` if everything is listed. */
  readonly filters: string;
}

export interface ListOf<Row> {
  readonly rows: readonly Row[];
  /** `failed first, then slowest; 10 of 24`. */
  readonly heading: string;
}

export interface SummaryLists {
  readonly races: ListOf<Race>;
  readonly resolutions: ListOf<Resolution>;
  readonly failedRequests: ListOf<Request>;
  readonly metrics: ListOf<Metric>;
}

export function summaryLists(report: Report, { top }: SummaryOptions): SummaryLists {
  const races = worstFirst(report.races, ({ outcome, durationMs }) => ({ failed: outcome === 'failed', durationMs }));
  const resolutions = worstFirst(report.resolutions, ({ outcome, durationMs }) => ({ failed: outcome === 'failed', durationMs }));
  const failedRequests = report.requests.filter(({ netError }) => netError !== undefined);
  const metrics = report.metrics.filter(({ n }) => n > 0);
  const silent = report.metrics.length - metrics.length;
  return {
    races: firstOf('Races, the failed first, then the slowest', races, top),
    resolutions: firstOf('Resolutions, the failed first, then the slowest', resolutions, top),
    failedRequests: firstOf('Failed requests', failedRequests, top),
    metrics: {
      rows: metrics,
      heading: `Metrics of the whole trace: medians and rates${silent === 0 ? '' : ` (${formatCount(silent)} without anything to count)`}`,
    },
  };
}

function firstOf<Row>(title: string, rows: readonly Row[], top: number): ListOf<Row> {
  const shown = rows.slice(0, top);
  return {
    rows: shown,
    heading: shown.length === rows.length ? title : `${title} (${formatCount(shown.length)} of ${formatCount(rows.length)})`,
  };
}
