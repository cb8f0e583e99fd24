/**
 * What the page of a report shows: the one value that its file carries as JSON, and that the page's
 * script reads back. Rows stay as the report has them; the page puts them in words with the same
 * columns and sentences as the terminal. Values that only the whole report knows (counts, charts)
 * are made before rows are left out.
 */
import type { Finding } from '../../findings/finding.ts';
import type { Metric } from '../../metrics/metric.ts';
import type { Race } from '../../model/race.ts';
import type { Request } from '../../model/request.ts';
import type { Resolution } from '../../model/resolution.ts';
import type { Session } from '../../model/session.ts';
import type { Report } from '../report.ts';
import type { Fact } from '../summary-facts.ts';

/** The rows that matter most, the most important first, and how many there are in all. */
export interface Excerpt<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** One event, its parameters already in words: the tables of the log that name its codes stay behind. */
export interface PageEvent {
  /** Position in the log, from 0: what evidence refers to. */
  readonly index: number;
  /** Position within its source, from 0; a step of more than one is a gap. */
  readonly position: number;
  /** Milliseconds from the trace's origin. */
  readonly atMs: number;
  readonly type: string;
  readonly phase: 'NONE' | 'BEGIN' | 'END';
  /** One parameter each, `key = value`, of one or more lines. */
  readonly params: readonly string[];
}

export interface PageSource {
  readonly id: number;
  readonly type: string;
  /** All of its events, those left out too. */
  readonly eventCount: number;
  readonly events: readonly PageEvent[];
}

/** A chart as Vega-Lite specifications with their data inside, one for each background. */
export interface PageChart {
  readonly title: string;
  readonly light: object;
  readonly dark: object;
}

export interface TracePage {
  readonly file: string;
  readonly complete: boolean;
  readonly facts: readonly Fact[];
  readonly outcomes: readonly Fact[];
  /** The filters in words; `''` if everything is listed. */
  readonly filters: string;
  readonly diagnostics: Report['trace']['diagnostics'];
  readonly findings: Excerpt<Finding>;
  /** Without their samples. */
  readonly metrics: readonly Metric[];
  readonly charts: readonly PageChart[];
  readonly races: Excerpt<Race>;
  readonly resolutions: Excerpt<Resolution>;
  readonly requests: Excerpt<Request>;
  readonly sessions: Excerpt<Session>;
  /** The sources behind the races and findings. */
  readonly sources: readonly PageSource[];
  /** How many of those sources found no room. */
  readonly sourcesLeftOut: number;
  /** How many long values were cut. */
  readonly cutValues: number;
}

export interface PageData {
  readonly tool: Report['tool'];
  readonly traces: readonly TracePage[];
}
