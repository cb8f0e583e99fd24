/**
 * Looks at the beginning of a log to choose how to read it.
 *
 * The fast way is for exactly what Chromium writes: the constants on the first line, `"events": [`
 * on the second, and then a line that is one whole event. Everything else that starts like a JSON
 * object is read the general way.
 */
import { asRawEvent } from './event-feed.ts';
import { asRecord } from './json-values.ts';
import * as refusals from './refusals.ts';

const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Bytes to look at before settling for the general way; constants are some 50 kB. */
const LONGEST_HEAD = 1 << 20;

/** Bytes that will show what an input is that is not JSON. */
const ENOUGH_TO_REFUSE = 1024;

/** Byte offsets say where to begin reading in that way. */
export type LogHead =
  | { readonly layout: 'lines'; readonly constants: unknown; readonly at: number }
  | { readonly layout: 'any'; readonly at: number };

/**
 * Undefined if more bytes are needed to tell; never when the input has `ended`.
 * Throws a `NetLogError` if this cannot be a log: codes `empty`, `not-json`, `not-a-netlog`,
 * `logging-in-progress`.
 */
export function readHead(head: Uint8Array, ended: true): LogHead;
export function readHead(head: Uint8Array, ended: boolean): LogHead | undefined;
export function readHead(head: Uint8Array, ended: boolean): LogHead | undefined {
  const at = BYTE_ORDER_MARK.every((byte, i) => head[i] === byte) ? BYTE_ORDER_MARK.length : 0;
  const first = head.findIndex((byte, i) => i >= at && !isBlank(byte));
  if (first < 0 && !ended && head.length < LONGEST_HEAD) return undefined;
  if (first < 0) throw refusals.empty();
  // A brace of two bytes is not UTF-8.
  if (head[first] !== OPEN_BRACE || head[first + 1] === 0) {
    if (!ended && head.length < ENOUGH_TO_REFUSE) return undefined;
    throw refusals.notJson(head.subarray(0, ENOUGH_TO_REFUSE));
  }
  const lines = readLines(head, first);
  if (lines === undefined && !ended && head.length < LONGEST_HEAD) return undefined;
  return (lines && asLineHead(lines)) ?? { layout: 'any', at };
}

interface Lines {
  readonly constants: string;
  readonly opening: string;
  /** The first line after that which is not blank, and where it begins. */
  readonly event: string;
  readonly eventAt: number;
}

/** The lines that tell; undefined if not all of them are here yet. */
function readLines(head: Uint8Array, start: number): Lines | undefined {
  const constantsEnd = head.indexOf(NEWLINE, start);
  const openingEnd = constantsEnd < 0 ? -1 : head.indexOf(NEWLINE, constantsEnd + 1);
  if (openingEnd < 0) return undefined;
  const eventAt = head.findIndex((byte, i) => i > openingEnd && !isBlank(byte));
  const eventEnd = eventAt < 0 ? -1 : head.indexOf(NEWLINE, eventAt);
  if (eventEnd < 0) return undefined;
  const text = (from: number, to: number): string => new TextDecoder().decode(head.subarray(from, to)).trim();
  return {
    constants: text(start, constantsEnd),
    opening: text(constantsEnd, openingEnd),
    event: text(eventAt, eventEnd),
    eventAt,
  };
}

function asLineHead({ constants, opening, event, eventAt }: Lines): LogHead | undefined {
  if (!constants.endsWith(',') || !/^"events"\s*:\s*\[$/.test(opening)) return undefined;
  try {
    const header = asRecord(JSON.parse(`${constants.slice(0, -1)}}`)) ?? {};
    if (Object.keys(header).join() !== 'constants') return undefined;
    const isEvent = asRawEvent(JSON.parse(event.replace(/\]?,?$/, ''))) !== undefined;
    return isEvent ? { layout: 'lines', constants: header['constants'], at: eventAt } : undefined;
  } catch {
    return undefined;
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
