/**
 * One event, read from its line's bytes without parsing the line.
 *
 * Chromium writes an event's keys sorted, so that every line ends with
 * `"phase":P,"source":{"id":N,"start_time":"T","type":S},"time":"T","type":N}` and the params come
 * before. Reading from the end backwards finds all header fields without looking at the params,
 * which are most of a log and mostly of no interest. Chrome 71 and before wrote no start time.
 *
 * A line that is not exactly so is refused, and the caller parses it as JSON.
 */
import { searchFor } from './byte-search.ts';
import type { RawEvent } from './event-feed.ts';
import type { EventParams } from './event.ts';
import { asRecord } from './json-values.ts';

const TYPE_AFTER_TIME = literal('","type":');
const TYPE_AFTER_ID = literal(',"type":');
const TIME = literal('},"time":"');
const START_TIME = literal(',"start_time":"');
const SOURCE = literal(',"source":{"id":');
const PHASE = literal('"phase":');
const PARAMS = literal('{"params":');

// Few of its letters are common in params, least of all at its end, which makes the search fast.
const hasPhase = searchFor(new TextEncoder().encode('},"phase'));

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;

/** More digits might not fit a number exactly. */
const MOST_DIGITS = 15;

/** Reused from line to line: the fields hold the event read last. */
export class EventLine implements RawEvent {
  time = 0;
  type = 0;
  phase = 0;
  sourceId = 0;
  sourceType = 0;
  startTime: number | undefined = undefined;
  params: EventParams | undefined = undefined;

  readonly #wantsParams: (type: number) => boolean;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** The bytes in hand, seen both ways. */
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(this.#bytes.buffer);
  /** The number that `#digitsBefore` has stepped over. */
  #number = 0;

  constructor(wantsParams: (type: number) => boolean) {
    this.#wantsParams = wantsParams;
  }

  /** Reads the event that spans exactly `start` to `end`; false if it is not in Chromium's layout. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    if (bytes[end - 1] !== CLOSE_BRACE) return false;
    const phaseAt = this.#readHeader(end - 1);
    return phaseAt >= 0 && this.#readParams(start, phaseAt);
  }

  /** Reads what ends before `end`, the closing brace; tells where the phase's key begins, or -1. */
  #readHeader(end: number): number {
    let at = this.#integerBefore(end);
    this.type = this.#number;
    at = this.#digitsBefore(this.#before(at, TYPE_AFTER_TIME));
    this.time = this.#number;
    at = this.#integerBefore(this.#before(at, TIME));
    this.sourceType = this.#number;
    const startTimeEnd = this.#before(at, TYPE_AFTER_TIME);
    if (startTimeEnd < 0) {
      this.startTime = undefined;
      at = this.#before(at, TYPE_AFTER_ID);
    } else {
      at = this.#digitsBefore(startTimeEnd);
      this.startTime = this.#number;
      at = this.#before(at, START_TIME);
    }
    at = this.#integerBefore(at);
    this.sourceId = this.#number;
    at = this.#integerBefore(this.#before(at, SOURCE));
    this.phase = this.#number;
    return this.#before(at, PHASE);
  }

  #readParams(start: number, phaseAt: number): boolean {
    const bytes = this.#bytes;
    this.params = undefined;
    if (phaseAt === start + 1) return bytes[start] === OPEN_BRACE;
    const from = start + PARAMS.length;
    const to = phaseAt - 1;
    if (bytes[to] !== COMMA || bytes[to - 1] !== CLOSE_BRACE || bytes[from] !== OPEN_BRACE) return false;
    if (this.#before(from, PARAMS) !== start) return false;
    // If there are two events on the line, the phase of the first lies among these bytes.
    if (!this.#wantsParams(this.type)) return !hasPhase(bytes, from, to);
    try {
      this.params = asRecord(JSON.parse(this.#decoder.decode(bytes.subarray(from, to))));
      return true;
    } catch {
      return false;
    }
  }

  // These step backwards: from the end of something to its beginning, or to -1 if it is not there
  // or if the step before has come to -1 already.

  #before(end: number, { length, first, last }: Literal): number {
    const from = end - length;
    const view = this.#view;
    return from >= 0 && view.getFloat64(from) === first && view.getFloat64(end - 8) === last ? from : -1;
  }

  #digitsBefore(end: number): number {
    const bytes = this.#bytes;
    let at = end;
    let value = 0;
    for (let unit = 1; at > 0; unit *= 10, at--) {
      const digit = bytes[at - 1]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value += digit * unit;
    }
    this.#number = value;
    return at < end && end - at <= MOST_DIGITS ? at : -1;
  }

  /** An integer as JSON has it: no needless zero in front, perhaps a minus. */
  #integerBefore(end: number): number {
    const at = this.#digitsBefore(end);
    if (at < 0 || (this.#bytes[at] === ZERO && end - at > 1)) return -1;
    if (this.#bytes[at - 1] !== MINUS || this.#number === 0) return at;
    this.#number = -this.#number;
    return at - 1;
  }
}

/** Bytes to compare with, at least eight: as two words of eight bytes, which overlap or are the same. */
interface Literal {
  readonly length: number;
  /** Of ASCII text; never NaN, which would not equal itself. */
  readonly first: number;
  readonly last: number;
}

function literal(text: string): Literal {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { length: bytes.length, first: view.getFloat64(0), last: view.getFloat64(bytes.length - 8) };
}
