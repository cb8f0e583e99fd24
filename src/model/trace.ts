/** What the model makes of a log: the read-only input of metrics, findings and reports. */
import type { Diagnostic, LogConstants } from '../netlog/event.ts';
import type { UnixMillis, Millis } from '../units.ts';
import type { BrokenAlternative } from './broken-alternative.ts';
import type { Evidence, RaceEngine } from './common.ts';
import type { Journal } from './journal.ts';
import type { Race } from './race.ts';
import type { Request } from './request.ts';
import type { Resolution } from './resolution.ts';
import type { Session } from './session.ts';

/** The client's addresses, or its kind of connection, changed. */
export interface NetworkChange {
  readonly atMs: Millis;
  readonly evidence: Evidence;
}

export interface Trace {
  readonly constants: LogConstants;
  /** Engines that ran, judged by events; empty if no connection was attempted. */
  readonly raceEngines: readonly RaceEngine[];
  /** Wall clock of the first event. Ticks themselves where the log has no tick offset (a diagnostic says so). */
  readonly originUnixMs: UnixMillis;
  /** Last event minus first, in log order. */
  readonly durationMs: Millis;
  readonly eventCount: number;
  readonly sourceCount: number;
  /** `false`: cut off, ring-buffered or damaged. */
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly resolutions: readonly Resolution[];
  readonly races: readonly Race[];
  readonly sessions: readonly Session[];
  readonly requests: readonly Request[];
  readonly brokenAlternatives: readonly BrokenAlternative[];
  /** The events that bound what Chromium counts. */
  readonly journal: Journal;
  readonly networkChanges: readonly NetworkChange[];
}
