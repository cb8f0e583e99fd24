/**
 * The kinds of charts there are: what each shows, and what it is drawn from.
 *
 * Most kinds take rows from any number of traces together. Those with a time axis, or with ids of one log, take one
 * trace; the waterfall takes one race. Kinds of simulations are drawn from the rows of many runs, which others make.
 */
import type { Race } from '../../model/race.ts';
import type { Resolution } from '../../model/resolution.ts';
import type { Report } from '../report.ts';
import { attemptStart } from './attempt-start.ts';
import type { ChartSpecification } from './chart-specification.ts';
import { connectPhases } from './connect-phases.ts';
import { fallbacks } from './fallbacks.ts';
import { httpsRecords } from './https-records.ts';
import type { Theme } from './palette.ts';
import { raceWaterfall } from './race-waterfall.ts';
import { racesTimeline } from './races-timeline.ts';
import { resolveTime } from './resolve-time.ts';
import { sessions } from './sessions.ts';
import { winners } from './winners.ts';

/** Of one trace, or of several one after the other. */
export type Rows = Pick<Report, 'races' | 'resolutions'>;

export type TraceChart =
  | { readonly of: 'rows'; readonly describe: string; readonly draw: (rows: Rows, theme: Theme) => ChartSpecification }
  | { readonly of: 'trace'; readonly describe: string; readonly draw: (report: Report, theme: Theme) => ChartSpecification }
  | { readonly of: 'race'; readonly describe: string; readonly draw: (race: Race, resolutions: readonly Resolution[], theme: Theme) => ChartSpecification };

export const TRACE_CHARTS = {
  'race-waterfall': { of: 'race', describe: 'one race: lookups, endpoints, attempts, winner and losers', draw: raceWaterfall },
  'races-timeline': { of: 'trace', describe: 'all races of a trace on one time axis', draw: ({ races }, theme) => racesTimeline(races, theme) },
  'resolve-time': { of: 'rows', describe: 'how long names took, by record type and source', draw: ({ resolutions }, theme) => resolveTime(resolutions, theme) },
  'attempt-start': { of: 'rows', describe: 'when attempts began: the staircase of the attempt delay', draw: ({ races }, theme) => attemptStart(races, theme) },
  winners: { of: 'rows', describe: 'who won, by family, transport and endpoint stage', draw: ({ races }, theme) => winners(races, theme) },
  fallbacks: { of: 'rows', describe: 'how many races fell back, and how long they took', draw: ({ races }, theme) => fallbacks(races, theme) },
  'connect-phases': { of: 'rows', describe: 'time spent on DNS, TCP, TLS and QUIC, by host', draw: ({ races }, theme) => connectPhases(races, theme) },
  'https-records': { of: 'rows', describe: 'HTTPS records advertised, used, ignored and why', draw: ({ resolutions }, theme) => httpsRecords(resolutions, theme) },
  sessions: { of: 'trace', describe: 'reuse and pooling, session by session', draw: ({ sessions: all, requests }, theme) => sessions(all, requests, theme) },
} as const satisfies Record<string, TraceChart>;

export type TraceChartKind = keyof typeof TRACE_CHARTS;
export const TRACE_CHART_KINDS = Object.keys(TRACE_CHARTS) as readonly TraceChartKind[];

/** Drawn by `profileComparison` and `sweep`. */
export const SIMULATION_CHARTS = {
  'profile-comparison': { describe: 'one scenario under several profiles' },
  sweep: { describe: 'one quantity while a parameter of a scenario varies, a line per profile' },
} as const;

export type SimulationChartKind = keyof typeof SIMULATION_CHARTS;
export const SIMULATION_CHART_KINDS = Object.keys(SIMULATION_CHARTS) as readonly SimulationChartKind[];
