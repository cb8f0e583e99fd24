/**
 * Lets only a stretch of a log through, as if the log held nothing else: events are numbered anew,
 * so that the first one let through is the origin of everything told about it.
 */
import type { Ticks } from '../units.ts';
import type { EventSink, NetLogEvent } from './event.ts';

/** Milliseconds from the first event of the whole log; both ends belong to the window, an absent end is open. */
export interface LogWindow {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export function windowed(sink: EventSink, { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }: LogWindow): EventSink {
  let origin: Ticks | undefined;
  let index = 0;
  return {
    ...(sink.paramsOf === undefined ? {} : { paramsOf: sink.paramsOf }),
    start: (constants) => sink.start(constants),
    event(event: NetLogEvent) {
      origin ??= event.time;
      const at = event.time - origin;
      if (at >= fromMs && at <= toMs) sink.event({ ...event, index: index++ });
    },
    end: (end) => sink.end(end),
  };
}
