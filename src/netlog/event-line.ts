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

// The header's numbers, from the last backwards: where each is kept, and what stands before it.
const TYPE = 0;
const TIME = 1;
const SOURCE_TYPE = 2;
const SOURCE_ID = 3;
const PHASE = 4;
const START_TIME = 5;

/** Bytes compared at once. */
const WORD = 8;

const HEADER = headerOf([
  [TYPE, '","type":'],
  [TIME, '},"time":"'],
  [SOURCE_TYPE, '","type":'],
  [START_TIME, ',"start_time":"'],
  [SOURCE_ID, ',"source":{"id":'],
  [PHASE, '"phase":'],
]);
const HEADER_WITHOUT_START_TIME = headerOf([
  [TYPE, '","type":'],
  [TIME, '},"time":"'],
  [SOURCE_TYPE, ',"type":'],
  [SOURCE_ID, ',"source":{"id":'],
  [PHASE, '"phase":'],
]);

const PARAMS = new TextEncoder().encode('{"params":');

/** Every event has this key, and few params do. */
const hasSource = searchFor(new TextEncoder().encode('"source"'));

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;

/** More digits might not fit a number exactly. */
const MOST_DIGITS = 15;

/** Reused from line to line: the fields hold the event read last. */
export class EventLine implements RawEvent {
  params: EventParams | undefined = undefined;
  paramsLength = 0;

  readonly #wantsParams: (type: number, sourceId: number) => boolean;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #numbers = new Float64Array(6);
  /** The one that fitted last. */
  #header = HEADER;
  /** The bytes in hand, seen both ways. */
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(this.#bytes.buffer);

  constructor(wantsParams: (type: number, sourceId: number) => boolean) {
    this.#wantsParams = wantsParams;
  }

  get type(): number {
    return this.#numbers[TYPE]!;
  }

  get time(): number {
    return this.#numbers[TIME]!;
  }

  get sourceType(): number {
    return this.#numbers[SOURCE_TYPE]!;
  }

  get sourceId(): number {
    return this.#numbers[SOURCE_ID]!;
  }

  get phase(): number {
    return this.#numbers[PHASE]!;
  }

  get startTime(): number | undefined {
    return this.#header === HEADER ? this.#numbers[START_TIME] : undefined;
  }

  /** Reads the event that spans exactly `start` to `end`; false if it is not in Chromium's layout. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    if (bytes[end - 1] !== CLOSE_BRACE) return false;
    let phaseAt = this.#readHeader(start, end - 1);
    if (phaseAt < 0) {
      this.#header = this.#header === HEADER ? HEADER_WITHOUT_START_TIME : HEADER;
      phaseAt = this.#readHeader(start, end - 1);
    }
    return phaseAt >= 0 && this.#readParams(start, phaseAt);
  }

  /** Reads what ends before `end`, the closing brace; tells where the phase's key begins, or -1. Runs for each event of a log. */
  #readHeader(start: number, end: number): number {
    const { count, slots, lengths, firstWords, lastWords, quoted } = this.#header;
    const bytes = this.#bytes;
    const view = this.#view;
    const numbers = this.#numbers;
    let at = end;
    for (let field = 0; field < count; field++) {
      const digitsEnd = at;
      let value = 0;
      let unit = 1;
      let digit = bytes[at - 1]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        value += digit * unit;
        unit *= 10;
        at -= 1;
        digit = bytes[at - 1]! - ZERO;
      }
      if (at === digitsEnd || digitsEnd - at > MOST_DIGITS) return -1;
      if (quoted[field] === 0) {
        // An integer as JSON has it: no needless zero in front, perhaps a minus.
        if (bytes[at] === ZERO && digitsEnd - at > 1) return -1;
        if (bytes[at - 1] === MINUS && value !== 0) {
          value = -value;
          at -= 1;
        }
      }
      numbers[slots[field]!] = value;
      const from = at - lengths[field]!;
      if (from < start || view.getFloat64(from) !== firstWords[field] || view.getFloat64(at - WORD) !== lastWords[field]) return -1;
      at = from;
    }
    return at;
  }

  #readParams(start: number, phaseAt: number): boolean {
    const bytes = this.#bytes;
    this.params = undefined;
    if (phaseAt === start + 1) return bytes[start] === OPEN_BRACE;
    const from = start + PARAMS.length;
    const to = phaseAt - 1;
    if (bytes[to] !== COMMA || bytes[to - 1] !== CLOSE_BRACE || bytes[from] !== OPEN_BRACE) return false;
    for (let i = 0; i < PARAMS.length; i++) if (bytes[start + i] !== PARAMS[i]) return false;
    // If there are two events on the line, the source of the first lies among these bytes.
    if (!this.#wantsParams(this.type, this.sourceId)) return !hasSource(bytes, from, to);
    try {
      this.params = asRecord(JSON.parse(this.#decoder.decode(bytes.subarray(from, to))));
      this.paramsLength = to - from;
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * The fields of a header, from the last backwards: which number each is, whether it is quoted, and what stands before it, of
 * at least a word: compared as two words, which overlap or are the same.
 */
interface Header {
  readonly count: number;
  readonly slots: Uint8Array;
  readonly quoted: Uint8Array;
  readonly lengths: Uint8Array;
  /** Of ASCII text; never NaN, which would not equal itself. */
  readonly firstWords: Float64Array;
  readonly lastWords: Float64Array;
}

function headerOf(fields: readonly (readonly [slot: number, before: string])[]): Header {
  const views = fields.map(([, before]) => new DataView(new TextEncoder().encode(before).buffer));
  return {
    count: fields.length,
    slots: Uint8Array.from(fields, ([slot]) => slot),
    quoted: Uint8Array.from(fields, ([slot]) => (slot === TIME || slot === START_TIME ? 1 : 0)),
    lengths: Uint8Array.from(fields, ([, before]) => before.length),
    firstWords: Float64Array.from(views, (view) => view.getFloat64(0)),
    lastWords: Float64Array.from(views, (view) => view.getFloat64(view.byteLength - WORD)),
  };
}
