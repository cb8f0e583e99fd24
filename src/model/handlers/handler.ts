/**
 * What a handler of events is, and the few shapes that handlers share.
 *
 * A handler is made by a factory, holds its own state, sees each event it asks for once and in log
 * order, and keeps records: what one source logged, in ticks, nothing interpreted. A factory that
 * needs another handler's records takes that handler as an argument, so the arguments are the
 * declared dependencies. Records become resolutions, races, sessions and requests in `../reconstruct`.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import type { Ticks } from '../../units.ts';

export interface Handler {
  /** Role name of an event type to what is done with such an event. */
  readonly on: Readonly<Record<string, (event: NetLogEvent) => void>>;
  /** Types in `on` whose params the handler never looks at, so that the reader need not parse them. */
  readonly headersOnly?: readonly string[] | undefined;
  /** Types in `on` of which the handler makes use of the first event of each source alone; it may get more. */
  readonly firstOnly?: readonly string[] | undefined;
}

/** A place in the log. */
export interface Moment {
  readonly time: Ticks;
  readonly index: number;
}

export function momentOf(event: NetLogEvent): Moment {
  return { time: event.time, index: event.index };
}

/** When a source came to be: exact even where the head of the log is lost, because each event carries it. */
export function startOf(event: NetLogEvent): Moment {
  const { startTime } = event.source;
  return { time: startTime === undefined || startTime > event.time ? event.time : startTime, index: event.index };
}

/** The record of a source, made at the first event that mentions it. */
export function recordOf<T>(records: Map<number, T>, event: NetLogEvent, make: (event: NetLogEvent) => T): T {
  let record = records.get(event.source.id);
  if (record === undefined) {
    record = make(event);
    records.set(event.source.id, record);
  }
  return record;
}
