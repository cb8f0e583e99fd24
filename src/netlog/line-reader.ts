/**
 * Reads Chromium's own layout: an event on each line. The fast way, taken by nearly every log.
 *
 * Lines are found on the bytes. Most go through `EventLine`; one that is not quite as Chromium
 * writes it is parsed as JSON. Whatever is left (an event spread over lines, several on a line,
 * the end of the list and what comes after it) takes a detour through `JsonReader`, line by line.
 * When the detour has come out between two events, lines are read the fast way again. When it
 * fails, or a line turns out to be a whole event while it waits for the end of another, what it
 * held was damaged: it is skipped, and reading goes on with the next line. Only where another log begins does it end:
 * that one's numbers have other names.
 */
import { ByteBuffer } from './byte-buffer.ts';
import { type EventFeed, type RawEvent, asRawEvent } from './event-feed.ts';
import { EventLine } from './event-line.ts';
import type { EventSink } from './event.ts';
import { JsonReader } from './json-reader.ts';
import type { JsonFailure } from './json-tokens.ts';
import { asRecord } from './json-values.ts';
import type { LayoutReader, Outcome } from './layout-reader.ts';
import type { ReadLimits } from './limits.ts';

/** How another log begins. */
const HEAD = new TextEncoder().encode('{"constants":');

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

export class LineReader implements LayoutReader {
  readonly #feed: EventFeed;
  readonly #sink: EventSink;
  readonly #limits: ReadLimits;
  readonly #longest: number;
  readonly #eventLine: EventLine;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** Byte offset of the line in hand. */
  #at: number;
  /** How much of it has arrived, and those bytes; none are kept once they are too many. */
  #arrived = 0;
  readonly #held = new ByteBuffer();
  #detour: JsonReader | undefined;
  /** The byte offset at which it began. */
  #detourAt = 0;
  #failure: JsonFailure | undefined;

  /** `at`: byte offset of the first chunk, which begins a line. */
  constructor(feed: EventFeed, sink: EventSink, limits: ReadLimits, at: number) {
    this.#feed = feed;
    this.#sink = sink;
    this.#limits = limits;
    this.#longest = limits.longestEvent;
    this.#at = at;
    this.#eventLine = new EventLine((type, sourceId) => feed.wantsParams(type, sourceId));
  }

  get stopped(): boolean {
    return this.#failure !== undefined || (this.#detour?.stopped ?? false);
  }

  write(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length && this.#failure === undefined && this.#detour?.afterEvents !== true) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline < 0 ? chunk.length : newline + 1;
      if (newline >= 0 && this.#arrived === 0) this.#take(chunk, start, end);
      else this.#hold(chunk.subarray(start, end), newline >= 0);
      start = end;
    }
    if (start < chunk.length && this.#failure === undefined) this.#detour?.write(chunk.subarray(start));
  }

  end(): Outcome {
    const cutInLongLine = this.#arrived > this.#longest;
    if (this.#arrived > 0) this.#takeHeld();
    if (this.#failure !== undefined) return { feed: this.#feed, closed: false, insideEvent: false, afterEvents: false, failure: this.#failure };
    return this.#detour?.end() ?? { feed: this.#feed, closed: false, insideEvent: cutInLongLine, afterEvents: false };
  }

  #hold(part: Uint8Array, endsLine: boolean): void {
    this.#arrived += part.length;
    if (this.#arrived > this.#longest) this.#held.clear();
    else this.#held.append(part);
    if (endsLine) this.#takeHeld();
  }

  #takeHeld(): void {
    if (this.#arrived > this.#longest) this.#skipLine(this.#arrived);
    else this.#take(this.#held.view, 0, this.#held.length);
    this.#held.clear();
    this.#arrived = 0;
  }

  #skipLine(length: number): void {
    this.#feed.skipTooLong(this.#at, this.#longest);
    this.#at += length;
  }

  /** Takes the line from `start` to `end`, its newline included if it has one. */
  #take(bytes: Uint8Array, start: number, end: number): void {
    if (end - start > this.#longest) return this.#skipLine(end - start);
    let from = start;
    let to = end;
    while (from < to && separates(bytes[from]!)) from++;
    while (to > from && separates(bytes[to - 1]!)) to--;
    const event = from < to ? this.#wholeEvent(bytes, from, to) : undefined;
    if (event !== undefined) {
      if (this.#detour !== undefined) this.#abandonDetour();
      this.#feed.deliver(event, this.#at + to - start);
    } else if (this.#beginsLog(bytes, from, to)) {
      if (this.#detour !== undefined) this.#abandonDetour();
      this.#failure = { at: this.#at + from - start, reason: 'another log begins there, to be read by itself' };
    } else if (this.#detour !== undefined) {
      const seen = this.#feed.seen;
      if (!this.#takeDetour(bytes, start, end) && this.#feed.seen === seen + 1) return this.#take(bytes, start, end);
    } else if (from < to) {
      this.#detourAt = this.#at + from - start;
      this.#detour = JsonReader.amongEvents(this.#sink, this.#limits, this.#detourAt, this.#feed);
      this.#takeDetour(bytes, from, end);
    }
    this.#at += end - start;
  }

  #wholeEvent(bytes: Uint8Array, from: number, to: number): RawEvent | undefined {
    if (this.#eventLine.read(bytes, from, to)) return this.#eventLine;
    if (bytes[from] !== OPEN_BRACE || bytes[to - 1] !== CLOSE_BRACE) return undefined;
    try {
      return asRawEvent(JSON.parse(this.#decoder.decode(bytes.subarray(from, to))));
    } catch {
      return undefined;
    }
  }

  /** The first line of a log, as Chromium writes it; not just any event with a strange key. */
  #beginsLog(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from < HEAD.length || !HEAD.every((byte, i) => bytes[from + i] === byte)) return false;
    try {
      const head = asRecord(JSON.parse(`${this.#decoder.decode(bytes.subarray(from, to))}}`));
      return asRecord(asRecord(head?.['constants'])?.['logEventTypes']) !== undefined;
    } catch {
      return false;
    }
  }

  /** False if the detour failed, and all that it held had to be skipped. */
  #takeDetour(bytes: Uint8Array, from: number, end: number): boolean {
    const detour = this.#detour;
    if (detour === undefined) return false;
    detour.write(bytes.subarray(from, end));
    if (bytes[end - 1] === NEWLINE) detour.endLine();
    else detour.flush();
    if (detour.failure !== undefined && !detour.closed) {
      this.#abandonDetour();
      return false;
    }
    if (detour.betweenEvents) this.#detour = undefined;
    return true;
  }

  #abandonDetour(): void {
    this.#feed.skipMalformed(this.#detourAt);
    this.#detour = undefined;
  }
}

/** Whether the byte may stand between two events. */
function separates(byte: number): boolean {
  return byte === COMMA || byte === NEWLINE || byte === RETURN || byte === SPACE || byte === TAB;
}
