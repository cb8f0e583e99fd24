/**
 * Reads a log in any layout: pretty-printed, on one line, with other keys first, …
 *
 * Only the value of `constants` and the items of `events` are put together, one at a time; the
 * rest is followed but not kept. Events that follow each other are read by `whole-events.ts`, all else
 * by its tokens, which is slow. `line-reader.ts` falls back on this for whatever it does not know.
 */
import { ByteBuffer } from './byte-buffer.ts';
import { readConstants } from './constants.ts';
import { EventFeed, asRawEvent } from './event-feed.ts';
import type { EventSink } from './event.ts';
import { type JsonFailure, JsonTokens, type Token } from './json-tokens.ts';
import { JsonValue, mayEndValue } from './json-value.ts';
import type { LayoutReader, Outcome } from './layout-reader.ts';
import type { ReadLimits } from './limits.ts';
import * as refusals from './refusals.ts';
import { type WholeEvents, readWholeEvents } from './whole-events.ts';

/** Far deeper than any log; a text made of brackets alone must not fill the memory. */
const DEEPEST = 10_000;

const BLANKS = ' '.repeat(24);

/** Bytes of an event that is read whole: while it has not all arrived, it is looked at anew now and then. */
const LONGEST_WHOLE = 1 << 20;

/** Depth of the keys of the log itself, and of the items of `events`. */
const TOP = 1;
const ITEMS = 2;

export class JsonReader implements LayoutReader {
  readonly #sink: EventSink;
  readonly #limits: ReadLimits;
  readonly #tokens: JsonTokens;
  /** Whether events are read whole: if the text comes line by line, one that is must be told apart at once. */
  readonly #whole: boolean;
  readonly #longestWhole: number;
  /** What may be a whole event, when more has arrived. */
  readonly #held = new ByteBuffer();
  /** How much of it there must be for another look: twice as much as at the last, so that small pieces cost no more than large ones. */
  #enough = 0;
  #feed: EventFeed | undefined;
  #constants: unknown;

  #depth = 0;
  /** The keys of the log so far; we are in the value of the last. */
  readonly #keys: string[] = [];
  #place: 'before events' | 'among events' | 'after events' | 'closed' = 'before events';
  /** What is being put together, and the byte at which it began, or little before. */
  #value: JsonValue | undefined;
  #valueStart = 0;

  /** `at`: byte offset of the first chunk. */
  constructor(sink: EventSink, limits: ReadLimits, at: number, feed?: EventFeed) {
    this.#sink = sink;
    this.#limits = limits;
    this.#feed = feed;
    this.#whole = feed === undefined;
    this.#longestWhole = Math.min(limits.longestEvent, LONGEST_WHOLE);
    this.#tokens = new JsonTokens((token) => this.#take(token), at, limits.longestEvent);
  }

  /** A reader that takes over at the byte `at`, among the events of a log whose constants are known. */
  static amongEvents(sink: EventSink, limits: ReadLimits, at: number, feed: EventFeed): JsonReader {
    const reader = new JsonReader(sink, limits, at, feed);
    reader.#tokens.text('{"events":[', at);
    return reader;
  }

  write(chunk: Uint8Array): void {
    if (this.#held.length === 0) return this.#write(chunk);
    this.#held.append(chunk);
    if (this.#held.length < this.#enough) return;
    const bytes = this.#held.view.slice();
    this.#held.clear();
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#whole && this.betweenEvents && !this.#tokens.waits && !this.stopped) {
        const { end, needsMore } = this.#takeWholeEvents(bytes, at);
        at = end;
        if (needsMore && bytes.length - at <= this.#longestWhole) {
          this.#enough = Math.min(2 * (bytes.length - at), this.#longestWhole + 1);
          return this.#held.append(bytes.subarray(at));
        }
      }
      at += this.#tokens.write(bytes.subarray(at), () => this.#whole && this.betweenEvents);
    }
    this.#refuseBrokenHead();
  }

  #takeWholeEvents(bytes: Uint8Array, at: number): WholeEvents {
    let from = at;
    return readWholeEvents(bytes, at, this.#longestWhole, (item, end) => {
      this.#valueStart = this.#tokens.end;
      this.#tokens.skip(end - from);
      from = end;
      this.#takeItem(item, false);
    });
  }

  #writeHeld(): void {
    this.#tokens.write(this.#held.view);
    this.#held.clear();
  }

  /**
   * Says that a line ends here, of a text known to be broken into lines. The tokenizer waits for a
   * few more characters before it calls something wrong; these blanks make it do so now.
   */
  endLine(): void {
    this.#tokens.flush();
    this.#tokens.text(BLANKS, this.#tokens.end);
  }

  /** Says that nothing follows what was written. */
  flush(): void {
    this.#writeHeld();
    this.#tokens.flush();
  }

  get failure(): JsonFailure | undefined {
    return this.#tokens.failure;
  }

  get stopped(): boolean {
    return this.failure !== undefined;
  }

  /** Among the events, and not in the middle of one. */
  get betweenEvents(): boolean {
    return this.#place === 'among events' && this.#value === undefined;
  }

  /** The list of events has been closed. */
  get afterEvents(): boolean {
    return this.#place === 'after events' || this.#place === 'closed';
  }

  get closed(): boolean {
    return this.#place === 'closed';
  }

  end(): Outcome {
    this.flush();
    this.#refuseBrokenHead();
    if (this.#feed === undefined) {
      if (!this.#keys.includes('constants') && this.closed) throw refusals.otherJson(this.#keys);
      if (this.#constants === undefined) throw refusals.cutHead(this.#tokens.end);
      this.#startFeed();
    }
    const { failure, closed } = this;
    const otherKeys = this.#keys.filter((key) => key !== 'constants' && key !== 'events');
    return { feed: this.#feed!, closed, insideEvent: this.#value !== undefined, afterEvents: this.afterEvents, failure, otherKeys };
  }

  #refuseBrokenHead(): void {
    if (this.#feed === undefined && this.failure !== undefined) throw refusals.brokenHead(this.failure);
  }

  #take(token: Token): void {
    const opens = token.name === 'startObject' || token.name === 'startArray';
    // A value's first and last token are both seen at the depth of the value itself.
    if (token.name === 'endObject' || token.name === 'endArray') this.#depth--;
    if (this.#value !== undefined) this.#continueValue(this.#value, token);
    else if (this.#depth === 0) {
      if (token.name === 'endObject') this.#place = 'closed';
    } else if (this.#depth === TOP) this.#takeTop(token);
    else if (this.#depth === ITEMS && this.#place === 'among events') this.#beginValue(token);
    else if (this.#depth === ITEMS && token.name === 'keyValue') this.#enterInner(token.value);
    if (opens && ++this.#depth > DEEPEST) this.#tokens.fail(`values nest deeper than ${DEEPEST} levels`);
  }

  #takeTop(token: Token): void {
    if (token.name === 'keyValue') this.#enter(token.value);
    else if (this.#key === 'events') this.#openOrCloseEvents(token);
    else if (this.#key === 'constants') this.#beginValue(token);
  }

  get #key(): string | undefined {
    return this.#keys.at(-1);
  }

  #enter(key: string): void {
    this.#keys.push(key);
    if (this.#feed === undefined && key === 'traceEvents') throw refusals.traceEvents();
  }

  #enterInner(key: string): void {
    if (this.#feed === undefined && this.#key === 'log' && key === 'entries') throw refusals.har();
  }

  #openOrCloseEvents(token: Token): void {
    if (token.name === 'startArray') {
      this.#startFeed();
      this.#place = 'among events';
    } else if (token.name === 'endArray') this.#place = 'after events';
  }

  #startFeed(): void {
    if (this.#constants === undefined && this.#feed === undefined) throw refusals.eventsBeforeConstants();
    this.#feed ??= new EventFeed(readConstants(this.#constants), this.#sink, this.#limits, this.#tokens.start);
  }

  #beginValue(token: Token): void {
    this.#value = new JsonValue();
    this.#valueStart = this.#tokens.start;
    this.#continueValue(this.#value, token);
  }

  /** Every token goes into the value being put together, until that is whole. */
  #continueValue(value: JsonValue, token: Token): void {
    if (this.#tokens.end - this.#valueStart > this.#limits.longestEvent) value.drop();
    value.take(token);
    if (this.#depth !== (this.#place === 'among events' ? ITEMS : TOP) || !mayEndValue(token)) return;
    this.#value = undefined;
    if (this.#place === 'among events') this.#takeItem(value.value, value.dropped);
    else this.#constants = value.value;
  }

  #takeItem(item: unknown, dropped: boolean): void {
    const event = asRawEvent(item);
    if (dropped) this.#feed?.skipTooLong(this.#valueStart, this.#limits.longestEvent);
    else if (event === undefined) this.#feed?.skipMalformed(this.#valueStart);
    else this.#feed?.deliver(event, this.#tokens.end);
  }
}
