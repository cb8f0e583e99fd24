/** What became of one request of a simulation, and of the race that it waited for. */
import type { Endpoint } from '../../engine/endpoint.ts';
import type { Millis } from '../../units.ts';

export interface RequestOutcome {
  readonly url: string;
  readonly purpose: 'load' | 'preconnect' | 'resolve';
  /** On the virtual clock, as all times are that end in `AtMs`. */
  readonly beganAtMs: Millis;
  /** Absent: the simulation ended before. */
  readonly ended?: { readonly state: 'done' | 'failed' | 'cancelled'; readonly atMs: Millis };
  /** Name of the net error it failed with. */
  readonly error?: string;
  /** Absent: it had none, or needed none. */
  readonly connection?: RequestConnection;
  /** Absent: a session was there already, or no connection was wanted. */
  readonly race?: RaceOutcome;
}

export interface RequestConnection {
  /** From the beginning of the request to a connection that can carry it. */
  readonly afterMs: Millis;
  readonly endpoint: Endpoint;
  readonly alpn: string;
  /** It had been opened before, or for another name. */
  readonly reused: boolean;
}

/** Counts and times of a race, to the end of the simulation. */
export interface RaceOutcome {
  readonly started: number;
  readonly cancelled: number;
  readonly failed: number;
  readonly firstAttemptAtMs?: Millis;
  /** When the last answer was in; absent: it was not waited for, or nothing was asked. */
  readonly resolvedAtMs?: Millis;
}
