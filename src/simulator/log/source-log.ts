/**
 * Builds the events of a simulated log: numbers sources and events, turns the scenario's time into
 * ticks, and hands every event to a sink at once. When the sink starts and ends is not its business.
 */
import type { EventParams, EventSink, EventSource, Phase } from '../../netlog/event.ts';
import { type Millis, type Ticks, wholeMicros } from '../../units.ts';
import type { EventType } from './event-types.ts';
import { SOURCE_TYPES, type SourceType } from './source-types.ts';

/** A source of a simulated log, which its events are logged with. */
export interface SimulatedSource extends EventSource {
  readonly type: SourceType;
  readonly startTime: Ticks;
}

/** As `source_dependency` has it: the number of the type, not its name. */
export interface SourceDependency {
  readonly id: number;
  readonly type: number;
}

/** `at`: since the start of the scenario, which is tick 0. Going back in time throws an `Error`. */
export interface SourceLog {
  /** A new source; ids ascend from 1. Its creation is no event of its own. */
  source(type: SourceType, at: Millis): SimulatedSource;
  /** Logs the beginning of a span of this type in this source. */
  begin(source: SimulatedSource, type: EventType, at: Millis, params?: EventParams): void;
  end(source: SimulatedSource, type: EventType, at: Millis, params?: EventParams): void;
  /** Logs a point in time. */
  event(source: SimulatedSource, type: EventType, at: Millis, params?: EventParams): void;
  /** For `params` that link another event's source to this one. */
  dependency(source: SimulatedSource): SourceDependency;
}

/** The sink must have been started with `simulatedConstants`. */
export function createSourceLog(sink: EventSink): SourceLog {
  let lastSourceId = 0;
  let nextIndex = 0;
  let now: Millis = 0;

  /** Chromium writes whole milliseconds, cut off. */
  function tick(at: Millis): Ticks {
    const time = wholeMicros(at);
    if (!(time >= now)) throw new Error(`A simulated log cannot go back in time, from ${now} ms to ${at} ms.`);
    now = time;
    return Math.floor(time) as number as Ticks;
  }

  function log(source: SimulatedSource, type: EventType, phase: Phase, at: Millis, params: EventParams | undefined): void {
    const index = nextIndex++;
    const time = tick(at);
    // Plain literals, not spreads: this runs for every event of a simulation.
    sink.event(
      params === undefined
        ? { index, time, type, loggedType: type, phase, source }
        : { index, time, type, loggedType: type, phase, source, params },
    );
  }

  return {
    source: (type, at) => ({ id: ++lastSourceId, type, startTime: tick(at) }),
    begin: (source, type, at, params) => log(source, type, 'BEGIN', at, params),
    end: (source, type, at, params) => log(source, type, 'END', at, params),
    event: (source, type, at, params) => log(source, type, 'NONE', at, params),
    dependency: ({ id, type }) => ({ id, type: SOURCE_TYPES[type] }),
  };
}
