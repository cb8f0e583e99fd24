/**
 * The text of a log, taken apart where it may be changed: its constants, and one event after the other. What lies
 * between them is kept as it is, so that the log comes out in the layout that it has.
 *
 * Follows the brackets and strings only; what is in a value is for others to look at. In a log of an event per line,
 * which is told by its first event, a damaged event is left out with the rest of its line; damaged is also one that
 * lacks its end where the next line begins with a bracket that no value could have there, or is an event by itself. In
 * any other layout damage is the end, as for whoever reads such a log.
 */

import { LOG_HEAD, LoneLine } from './lone-line.ts';
import { parsedJson } from './parsed-json.ts';
import type { LogTextOptions } from './log-text-options.ts';

type Place = 'before the log' | 'among keys' | 'after a key' | 'among events' | 'after damage' | 'after the log';
type Piece = 'key' | 'constants' | 'event' | 'other';

/** Characters to look back for what stands before a line; more blanks than that are damage. */
const LOOK_BACK = 64;

/** Blanks in a row that are kept. */
const MOST_BLANKS = 4096;

export class LogText {
  readonly #write: (text: string) => void;
  readonly #options: LogTextOptions;
  #place: Place = 'before the log';
  /** Blanks and commas since what was written last, and whether more of them belong to it. */
  #gap = '';
  #gapIsOpen = true;
  /** Nothing stands before the next key or event in its list. */
  #isFirst = true;
  #key = '';
  /** The value in hand, as far as it has arrived. */
  #piece: Piece | undefined;
  #parts: string[] = [];
  #length = 0;
  /** What was held last, to look back at. */
  #tail = '';
  /** The lists and objects that are open, from the outside in. */
  #levels: ('list' | 'object')[] = [];
  #inString = false;
  #escaped = false;
  #hasNewline = false;
  /** Only blanks since the last newline, in an event that should have ended before it. */
  #atLineStart = false;
  readonly #line: LoneLine;
  /** Whether an event ends on its line; known from the first one on. */
  #lines: boolean | undefined;
  #constantsDone = false;

  constructor(write: (text: string) => void, options: LogTextOptions) {
    this.#write = write;
    this.#options = options;
    this.#line = new LoneLine(options.isEvent, options.longestEvent);
  }

  take(text: string): void {
    let at = 0;
    while (at < text.length && this.#place !== 'after the log') at = this.#piece === undefined ? this.#between(text, at) : this.#within(text, at);
    if (this.#place === 'after the log') this.#takeTail(text.slice(at));
  }

  /** The log has no more text. A cut-off one stays cut off. */
  end(): void {
    const line = this.#line.text();
    if (line !== undefined) this.#startAnew(line);
    this.#write(this.#gap);
  }

  /** A step outside of values; tells where to go on. */
  #between(text: string, at: number): number {
    const character = text[at]!;
    if (this.#place === 'after damage') {
      const newline = text.indexOf('\n', at);
      if (newline < 0) return text.length;
      this.#place = 'among events';
      return newline + 1;
    }
    if (isBlank(character) || (character === ',' && this.#place !== 'before the log') || (character === ':' && this.#place === 'after a key')) {
      if (this.#gapIsOpen && this.#gap.length < MOST_BLANKS) this.#gap += character;
      return at + 1;
    }
    switch (this.#place) {
      case 'before the log':
        if (character !== '{') return this.#stop(text);
        this.#put('{', 'among keys');
        return at + 1;
      case 'among keys':
        if (character === '"') return this.#begin('key', at);
        if (character !== '}') return this.#stop(text);
        this.#gap = this.#gap.replaceAll(',', '');
        this.#put('}', 'after the log');
        return at + 1;
      case 'after a key':
        return this.#enterValue(character, at);
      case 'among events':
        // Any value may stand there; those that are no events are left out.
        if (/[[{"\-\dtfn]/.test(character)) return this.#begin('event', at);
        if (character !== ']') return this.#damage(text, at);
        this.#gap = this.#gap.replaceAll(',', '');
        this.#put(']', 'among keys');
        this.#isFirst = false;
        return at + 1;
      case 'after the log':
        return text.length;
    }
  }

  #enterValue(character: string, at: number): number {
    const isEvents = this.#key === 'events' && this.#constantsDone && character === '[';
    if (!isEvents) return this.#begin(this.#key === 'constants' && !this.#constantsDone ? 'constants' : 'other', at);
    this.#put('[', 'among events');
    return at + 1;
  }

  #begin(piece: Piece, at: number): number {
    this.#piece = piece;
    this.#parts = [];
    this.#length = 0;
    this.#tail = '';
    this.#levels = [];
    this.#line.forget();
    this.#inString = false;
    this.#escaped = false;
    this.#hasNewline = false;
    this.#atLineStart = false;
    return at;
  }

  /** A stretch of the value in hand; tells where to go on. */
  #within(text: string, from: number): number {
    const marks = /["\\{}[\],\n]/g;
    let start = from;
    let at = from;
    for (;;) {
      if (this.#escaped && at < text.length) {
        this.#escaped = false;
        at += 1;
      }
      marks.lastIndex = at;
      const mark = marks.exec(text);
      if (mark === null) {
        this.#hold(text, start, text.length);
        return text.length;
      }
      at = mark.index + 1;
      const [character] = mark;
      if (character === '\n') {
        this.#hasNewline = true;
        this.#hold(text, start, mark.index);
        start = mark.index;
        if (this.#inString) return this.#damage(text, mark.index);
        const line = this.#line.text();
        if (line !== undefined) {
          this.#startAnew(line);
          return mark.index;
        }
        this.#line.forget();
        this.#atLineStart = this.#piece === 'event' && this.#lines === true;
      } else if (this.#atLineStart) {
        this.#atLineStart = false;
        this.#hold(text, start, mark.index);
        start = mark.index;
        if (character === '{') {
          if (!this.#mayBeginValue()) {
            // The line that begins here may be whole.
            const next = this.#damage(text, mark.index);
            if (this.#place === 'after damage') this.#place = 'among events';
            return next;
          }
          this.#line.begin();
        }
      }
      const ends = this.#inString ? this.#inText(character) : this.#outsideText(character);
      if (ends === undefined) continue;
      const end = ends === 'with it' ? at : mark.index;
      this.#hold(text, start, end);
      this.#finish();
      return end;
    }
  }

  #inText(character: string): 'with it' | undefined {
    if (character === '\\') this.#escaped = true;
    if (character !== '"') return undefined;
    this.#inString = false;
    return this.#levels.length === 0 ? 'with it' : undefined;
  }

  #outsideText(character: string): 'with it' | 'before it' | undefined {
    if (character === '"') this.#inString = true;
    else if (character === '{' || character === '[') this.#levels.push(character === '{' ? 'object' : 'list');
    else if (character === '}' || character === ']') {
      if (this.#levels.pop() === undefined) return 'before it';
      return this.#levels.length === 0 ? 'with it' : undefined;
    } else if (this.#levels.length === 0) return 'before it';
    return undefined;
  }

  /** Whether a value may stand here: after a colon, and in a list first or after a comma. */
  #mayBeginValue(): boolean {
    const before = this.#tail.trimEnd().at(-1);
    return before === ':' || before === '[' || (before === ',' && this.#levels.at(-1) === 'list');
  }

  /** Leaves out the value in hand up to a line that stands alone. */
  #startAnew(line: string): void {
    this.#line.forget();
    this.#damage(line, 0);
    if (this.#place !== 'after damage') return;
    this.#place = 'among events';
    this.take(line);
  }

  #hold(text: string, from: number, to: number): void {
    if (from === to) return;
    const part = text.slice(from, to);
    this.#length += part.length;
    if (this.#piece === 'other') return;
    this.#tail = (this.#tail + part.slice(-LOOK_BACK)).slice(-LOOK_BACK);
    this.#line.hold(part);
    if (this.#length > this.#options.longestEvent) this.#parts = [];
    else this.#parts.push(part);
  }

  #finish(): void {
    const piece = this.#piece;
    const json = this.#parts.join('');
    const isWhole = this.#length <= this.#options.longestEvent;
    this.#piece = undefined;
    this.#parts = [];
    if (piece === 'key') return this.#takeKey(json);
    if (piece === 'event') return this.#takeEvent(isWhole ? json : undefined);
    if (piece === 'constants' && isWhole) {
      this.#put(this.#options.constants(parsedJson(json), json), 'among keys');
      this.#isFirst = false;
      this.#constantsDone = true;
      return;
    }
    this.#place = 'among keys';
    this.#options.otherKey(this.#key);
  }

  #takeKey(json: string): void {
    this.#key = String(parsedJson(json));
    this.#place = 'after a key';
    const isKept = (this.#key === 'constants' && !this.#constantsDone) || (this.#key === 'events' && this.#constantsDone);
    this.#gapIsOpen = isKept;
    if (isKept) this.#gap = `${this.#separator()}${json}`;
  }

  #takeEvent(json: string | undefined): void {
    const value = json === undefined ? undefined : parsedJson(json);
    const changed = json === undefined || value === undefined ? undefined : this.#options.event(value, json);
    const isDamaged = json !== undefined && value === undefined;
    // A value that is no event says nothing of how events are written.
    if (isDamaged || changed !== undefined) this.#lines ??= !this.#hasNewline && this.#gap.includes('\n');
    if (isDamaged && this.#lines !== true) return void this.#stop('');
    // What stands before an event that is left out stands before the next one.
    this.#gapIsOpen = changed !== undefined;
    if (changed === undefined) return;
    this.#gap = this.#separator();
    this.#put(changed, 'among events');
    this.#isFirst = false;
  }

  /** What lies before a key or an event: with one comma, unless it is the first. */
  #separator(): string {
    const [before = '', ...rest] = this.#gap.split(',');
    return this.#isFirst ? [before, ...rest].join('') : `${before},${rest.join('')}`;
  }

  #put(text: string, place: Place): void {
    this.#write(this.#gap + text);
    this.#gap = '';
    this.#gapIsOpen = true;
    if (place === 'among events' && text === '[') this.#isFirst = true;
    this.#place = place;
  }

  #damage(text: string, at: number): number {
    const isOtherLog = this.#parts.slice(0, LOG_HEAD.length).join('').startsWith(LOG_HEAD);
    this.#piece = undefined;
    this.#parts = [];
    const isBetweenEvents = this.#place === 'among events' && (this.#lines === true || this.#gap.includes('\n'));
    if (isOtherLog || !isBetweenEvents) return this.#stop(text);
    this.#gapIsOpen = false;
    this.#place = 'after damage';
    return at;
  }

  #stop(text: string): number {
    this.#place = 'after the log';
    this.#gapIsOpen = false;
    return text.length;
  }

  /** The blanks that end a log. */
  #takeTail(text: string): void {
    const [blanks = ''] = this.#gapIsOpen ? (/^[\s]*/.exec(text) ?? []) : [];
    this.#gap = (this.#gap + blanks).slice(0, MOST_BLANKS);
    if (blanks.length < text.length) this.#gapIsOpen = false;
  }
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
