/**
 * The journal: what the log says of the moments at which Chromium counts something.
 *
 * Resolutions, races and requests interpret; Chromium's counters do not. They are bounded by single
 * events, so those are kept as logged: in log order, each with only the params that decide.
 */
import type { EventParams, Phase } from '../netlog/event.ts';
import type { Ticks } from '../units.ts';

export interface JournalEvent {
  readonly time: Ticks;
  /** Position in the log, from 0. */
  readonly index: number;
  /** Role name. */
  readonly type: string;
  readonly phase: Phase;
  readonly sourceId: number;
  readonly sourceType: string;
  /** Absent if none of those that are kept was logged. */
  readonly params?: EventParams | undefined;
}

/** In log order. */
export type Journal = readonly JournalEvent[];
