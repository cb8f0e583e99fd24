/**
 * From a report to what its page shows: the whole report's figures, and of each list the rows that
 * matter most. Leaves out the events behind them, which only a second reading of the log can give.
 */
import type { Finding } from '../../findings/finding.ts';
import type { Race } from '../../model/race.ts';
import { requestDuration } from '../columns/request.ts';
import type { Report } from '../report.ts';
import { outcomeFacts, traceFacts } from '../summary-facts.ts';
import { boundedRows } from './bounded-rows.ts';
import { chooseRows } from './choose-rows.ts';
import { overviewCharts } from './overview-charts.ts';
import type { Excerpt, TracePage } from './page-data.ts';
import { raceSources } from './race-sources.ts';

export interface TracePageOptions {
  /** Rows of each list at most; `Infinity` for all. */
  readonly most: number;
  /** The filters in words; `''` if everything is listed. */
  readonly filters: string;
}

export type TracePageWithoutEvents = Omit<TracePage, 'sources' | 'sourcesLeftOut'>;

const MOST_FINDINGS = 300;

export function tracePage(report: Report, { most, filters }: TracePageOptions): TracePageWithoutEvents {
  const { trace } = report;
  const findings = chooseRows(report.findings, MOST_FINDINGS, ({ severity }) => [0, SEVERITY_RANK[severity]]);
  const races = chooseRows(report.races, most, raceRank(new Set(findings.rows.flatMap(({ evidence }) => evidence.sourceIds))));
  const raceIds = new Set(races.rows.map(({ id }) => id));
  const resolutionIds = new Set(races.rows.flatMap((race) => race.resolutionIds));
  const requests = chooseRows(report.requests, most, (request) => [
    request.netError !== undefined ? 0 : request.raceId !== undefined && raceIds.has(request.raceId) ? 1 : 2,
    -(requestDuration(request) ?? 0),
  ]);
  const sessionIds = new Set([
    ...races.rows.flatMap(({ pooledOnto }) => (pooledOnto === undefined ? [] : [pooledOnto.sessionId])),
    ...requests.rows.flatMap(({ sessionId }) => (sessionId === undefined ? [] : [sessionId])),
  ]);
  const resolutions = chooseRows(report.resolutions, most, (resolution) => [
    0,
    after(resolutionIds.has(resolution.id)),
    after(resolution.outcome === 'failed'),
    -(resolution.durationMs ?? 0),
  ]);
  const sessions = chooseRows(report.sessions, most, (session) => [0, after(sessionIds.has(session.id)), -session.requestCount]);
  let cutValues = 0;
  const bounded = <Row>({ rows, total }: Excerpt<Row>): Excerpt<Row> => {
    const { rows: fitting, cuts } = boundedRows(rows);
    cutValues += cuts;
    return { rows: fitting, total };
  };
  const lists = {
    findings: bounded(findings),
    races: bounded(races),
    resolutions: bounded(resolutions),
    requests: bounded(requests),
    sessions: bounded(sessions),
  };
  return {
    ...lists,
    cutValues,
    file: trace.file,
    complete: trace.complete,
    facts: traceFacts(report),
    outcomes: outcomeFacts(report),
    filters,
    diagnostics: trace.diagnostics,
    metrics: report.metrics.map(({ values: _sample, ...metric }) => metric),
    charts: overviewCharts(report),
  };
}

/** Lower first: what holds comes before what does not. */
function after(holds: boolean): number {
  return holds ? 0 : 1;
}

const SEVERITY_RANK: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Races that a finding names, then those that failed, fell back or were slow, then the longest. */
function raceRank(named: ReadonlySet<number>): (race: Race) => readonly [number, number] {
  const remarkable = (race: Race): number => {
    if (raceSources(race).some((id) => named.has(id))) return 0;
    if (race.outcome === 'failed') return 1;
    if (Object.values(race.fallback).includes(true)) return 2;
    return race.attempts.some(({ slow }) => slow === true) ? 3 : 4;
  };
  return (race) => [remarkable(race), -(race.durationMs ?? 0)];
}
