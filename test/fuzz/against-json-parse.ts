/** Holds what was read of a log against what `JSON.parse` makes of it, for whatever `JSON.parse` can read. */
import { isDeepStrictEqual } from 'node:util';
import type { NetLogEvent } from '../../src/netlog/event.ts';
import { eventsOfParsed } from '../netlog/oracle.ts';

/** What `JSON.parse` makes of a log; undefined unless that is an object: of anything else the readers see nothing. */
export function parsedLog(bytes: Uint8Array): object | undefined {
  try {
    // As the readers do it: without a byte order mark, wrong bytes replaced.
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * How the events of a log that was read differ from those of `log`, the same by `JSON.parse`; undefined if they do not.
 * Params are compared if `withParams`. Names are not: they are of tables that may be damaged.
 */
export function differenceFromParsed(events: readonly NetLogEvent[], codes: readonly string[], log: object, bytes: Uint8Array, withParams: boolean): string | undefined {
  // With several lists of events `JSON.parse` has the last alone; and params too deep for us are not for it.
  if (occurrences(bytes, '"events"') !== 1 || codes.includes('params-left-out')) return undefined;
  const expected = eventsOfParsed(log);
  if (events.length !== expected.length) return `${events.length} events are read, JSON.parse finds ${expected.length}`;
  const i = events.findIndex(({ time, source, params }, at) => {
    const { time: expectedTime, sourceId, startTime, params: expectedParams } = expected[at]!;
    return time !== expectedTime || source.id !== sourceId || source.startTime !== startTime || (withParams && !isDeepStrictEqual(params, expectedParams));
  });
  return i < 0 ? undefined : `event ${i} is read as ${JSON.stringify(events[i])}, JSON.parse finds ${JSON.stringify(expected[i])}`;
}

function occurrences(bytes: Uint8Array, text: string): number {
  return Buffer.from(bytes).toString('latin1').split(text).length - 1;
}
