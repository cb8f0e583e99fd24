/**
 * Keeps a log from filling the memory of whoever builds something of its events: past a number of sources, or of events
 * taken, the rest is left out and counted. A log of a whole day has some hundred thousand sources.
 */
import type { Ticks } from '../units.ts';
import type { Diagnostic, EventSink, NetLogEvent } from './event.ts';

export interface SinkLimits {
  /** Sources, of which each may become a race, a resolution, a request or a session. */
  readonly mostSources: number;
  /** Events handed to the sink's `event`; those that it passes over cost nothing. */
  readonly mostEvents: number;
  /** Of those, events of one source: looking for one among them all must stay cheap. */
  readonly mostEventsOfSource: number;
}

export const SINK_LIMITS: SinkLimits = { mostSources: 1_000_000, mostEvents: 50_000_000, mostEventsOfSource: 1_000_000 };

/**
 * The events of the first sources only, and only so many, of all and of each; and none from the one on at which memory `isFull`.
 */
export function bounded(sink: EventSink, { mostSources, mostEvents, mostEventsOfSource }: SinkLimits, isFull: () => boolean = () => false): EventSink {
  /** How many events of each were handed on. */
  const sources = new Map<number, number>();
  let events = 0;
  let ofOtherSources = 0;
  let ofOneSource = 0;
  let tooMany = 0;
  let full = false;
  let withoutRoom = 0;
  let firstLeftOut: number | undefined;
  let index = 0;
  let previous: number | undefined;

  /** Events of one source come in rows. */
  function lets(sourceId: number): boolean {
    if (sourceId === previous) return true;
    if (!sources.has(sourceId)) {
      full ||= isFull();
      if (full) {
        withoutRoom += 1;
        firstLeftOut ??= index;
        return false;
      }
      if (sources.size >= mostSources) {
        ofOtherSources += 1;
        firstLeftOut ??= index;
        return false;
      }
      sources.set(sourceId, 0);
    }
    previous = sourceId;
    return true;
  }

  function letsAnother(sourceId: number): boolean {
    const own = sources.get(sourceId) ?? 0;
    full ||= isFull();
    if (!full && own < mostEventsOfSource && events < mostEvents) {
      events += 1;
      sources.set(sourceId, own + 1);
      return true;
    }
    if (full) withoutRoom += 1;
    else if (own < mostEventsOfSource) tooMany += 1;
    else ofOneSource += 1;
    firstLeftOut ??= index;
    return false;
  }

  function diagnostics(): Diagnostic[] {
    const count = ofOtherSources + ofOneSource + tooMany + withoutRoom;
    if (count === 0) return [];
    const reasons = [
      ...(ofOtherSources > 0 ? [`${ofOtherSources} of sources beyond the first ${mostSources} (--max-sources)`] : []),
      ...(ofOneSource > 0 ? [`${ofOneSource} beyond the first ${mostEventsOfSource} of one source (--max-source-events)`] : []),
      ...(withoutRoom > 0 ? [`${withoutRoom} after memory was full (node --max-old-space-size)`] : []),
      ...(tooMany > 0 ? [`${tooMany} beyond the first ${mostEvents} of a kind that tells something (--max-events)`] : []),
    ];
    const message = `Left out ${count} events: ${reasons.join(', ')}. Read the log in parts, with --from and --to.`;
    return [{ code: 'too-many-events', severity: 'warning', message, count, ...(firstLeftOut === undefined ? {} : { eventIndex: firstLeftOut }) }];
  }

  const { paramsOf, passing } = sink;
  return {
    ...(paramsOf !== undefined && { paramsOf }),
    ...(passing !== undefined && {
      passing: {
        taken: passing.taken,
        ...(passing.takenOnce !== undefined && { takenOnce: passing.takenOnce }),
        pass(time: Ticks, sourceId: number, startTime: Ticks | undefined) {
          if (lets(sourceId)) passing.pass(time, sourceId, startTime);
          index += 1;
        },
      },
    }),
    start: (constants) => sink.start(constants),
    event(event: NetLogEvent) {
      if (lets(event.source.id) && letsAnother(event.source.id)) sink.event(event);
      index += 1;
    },
    end(end) {
      const more = diagnostics();
      sink.end(more.length === 0 ? end : { ...end, complete: false, diagnostics: [...end.diagnostics, ...more] });
    },
  };
}
