/**
 * The second pass over a log for its report: the events behind the races and findings, in words.
 *
 * Bounded twice, whatever the log: of each source the first events and those that decide, and of all
 * sources together as much text as a page should carry, the most important sources first. What finds
 * no room is counted.
 */
import type { EventSink, LogConstants, NetLogEvent } from '../../netlog/event.ts';
import { shownParams } from '../../redact/without-credentials.ts';
import { paramLines } from '../event-text.ts';
import type { PageEvent, PageSource, TracePage } from './page-data.ts';
import type { WantedSources } from './wanted-sources.ts';

/** Events of one source, evidence aside. */
const MOST_OF_A_SOURCE = 60;
/** The same where very many sources are wanted, so that memory stays bounded: this many in all. */
const MOST_HELD = 300_000;
const LEAST_OF_A_SOURCE = 10;
/** Long parameters are broken into lines of about this length. */
const PARAM_WIDTH = 100;

export interface EventCollector {
  readonly sink: EventSink;
  /** What was collected; texts of about `mostCharacters` in all. */
  readonly sources: (mostCharacters: number) => Pick<TracePage, 'sources' | 'sourcesLeftOut'>;
}

export function eventCollector({ ids, evidence }: WantedSources): EventCollector {
  const most = Math.min(MOST_OF_A_SOURCE, Math.max(LEAST_OF_A_SOURCE, Math.floor(MOST_HELD / ids.size)));
  const collected = new Map<number, { readonly type: string; eventCount: number; readonly events: PageEvent[] }>();
  let names: LogConstants | undefined;
  let originTick: number | undefined;

  return {
    sink: {
      start(constants) {
        names = constants;
      },
      event(event) {
        originTick ??= event.time;
        const { id, type } = event.source;
        if (names === undefined || !ids.has(id)) return;
        const source = collected.get(id) ?? { type, eventCount: 0, events: [] };
        collected.set(id, source);
        const position = source.eventCount++;
        if (position < most || evidence.has(event.index)) source.events.push(pageEvent(event, position, originTick, names));
      },
      end: () => undefined,
    },
    sources(mostCharacters) {
      const sources: PageSource[] = [];
      let characters = 0;
      for (const id of ids) {
        const source = collected.get(id);
        if (source === undefined) continue;
        characters += JSON.stringify(source.events).length;
        if (characters > mostCharacters) break;
        sources.push({ id, ...source });
      }
      return { sources, sourcesLeftOut: collected.size - sources.length };
    },
  };
}

function pageEvent(event: NetLogEvent, position: number, originTick: number, names: LogConstants): PageEvent {
  const { index, time, loggedType, phase, params = {} } = event;
  return {
    index,
    position,
    atMs: time - originTick,
    type: loggedType,
    phase,
    params: Object.entries(shownParams(loggedType, params)).map(([key, value]) => paramLines(key, value, { names, full: false }, PARAM_WIDTH).join('\n')),
  };
}
