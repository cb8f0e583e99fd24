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
  function lets(time: Ticks): boolean {
    origin ??= time;
    const at = time - origin;
    return at >= fromMs && at <= toMs;
  }

  const { paramsOf, passing } = sink;
  return {
    ...(paramsOf !== undefined && { paramsOf }),
    ...(passing !== undefined && {
      passing: {
        taken: passing.taken,
        pass(time: Ticks, sourceId: number, startTime: Ticks | undefined) {
          if (!lets(time)) return;
          index += 1;
          passing.pass(time, sourceId, startTime);
        },
      },
    }),
    start: (constants) => sink.start(constants),
    event(event: NetLogEvent) {
      if (lets(event.time)) sink.event({ ...event, index: index++ });
    },
    end: (end) => sink.end(end),
  };
}
