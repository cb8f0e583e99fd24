/** Lets only the events of some sources through, as if the log held no others; its header says so. */
import type { EventSink } from '../netlog/event.ts';

export function onlySources(ids: ReadonlySet<number>, sink: EventSink): EventSink {
  let index = 0;
  return {
    start: (constants) => sink.start({ ...constants, sliced: true, logged: { ...constants.logged, sliced: true } }),
    event(event) {
      if (ids.has(event.source.id)) sink.event({ ...event, index: index++ });
    },
    end: (end) => sink.end(end),
  };
}
