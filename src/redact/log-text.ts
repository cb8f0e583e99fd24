/**
 * The text of a log, taken apart where it may be changed: its constants, and one event after the other. What lies
 * between them is kept as it is, so that the log comes out in the layout that it has.
 *
 * Follows the brackets and strings only; what is in a value is for others to look at. In a log of an event per line,
 * which is told by its first event, a damaged event is left out with the rest of its line; damaged is also one that
 * lacks its end where the next line begins with a bracket that no value could have there. In any other layout damage
 * is the end, as for whoever reads such a log.
 */

export interface LogTextOptions {
  /** What becomes of a value, given as it is and as its text. */
  readonly constants: (value: unknown, json: string) => string;
  /** `undefined`: it is left out, because it is no event. */
  readonly event: (value: unknown, json: string) => string | undefined;
  /** Told of each key besides `constants` and `events`; it is left out with its value. */
  readonly otherKey: (key: string) => void;
  /** Characters of an event; a longer one is left out. */
  readonly longestEvent: number;
}

type Place = 'before the log' | 'among keys' | 'after a key' | 'among events' | 'after damage' | 'after the log';
type Piece = 'key' | 'constants' | 'event' | 'other';

/** Blanks in a row that are kept. */
const MOST_BLANKS = 64 * 1024;

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
  #depth = 0;
  #inString = false;
  #escaped = false;
  #hasNewline = false;
  /** Only blanks since the last newline, in an event that should have ended before it. */
  #atLineStart = false;
  /** Whether an event ends on its line; known from the first one on. */
  #lines: boolean | undefined;
  #constantsDone = false;

  constructor(write: (text: string) => void, options: LogTextOptions) {
    this.#write = write;
    this.#options = options;
  }

  take(text: string): void {
    let at = 0;
    while (at < text.length && this.#place !== 'after the log') at = this.#piece === undefined ? this.#between(text, at) : this.#within(text, at);
    if (this.#place === 'after the log') this.#takeTail(text.slice(at));
  }

  /** The log has no more text. A cut-off one stays cut off. */
  end(): void {
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
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#hasNewline = false;
    this.#atLineStart = false;
    return at;
  }

  /** A stretch of the value in hand; tells where to go on. */
  #within(text: string, start: number): number {
    const marks = /["\\{}[\],\n]/g;
    let at = start;
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
        if (this.#inString) {
          this.#hold(text, start, mark.index);
          return this.#damage(text, mark.index);
        }
        this.#atLineStart = this.#piece === 'event' && this.#lines === true;
      } else if (this.#atLineStart) {
        this.#atLineStart = false;
        if (character === '{' && !mayPrecedeValue(`${this.#parts.at(-1) ?? ''}${text.slice(start, mark.index)}`)) {
          this.#hold(text, start, mark.index);
          // The line that begins here may be whole.
          const next = this.#damage(text, mark.index);
          if (this.#place === 'after damage') this.#place = 'among events';
          return next;
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
    return this.#depth === 0 ? 'with it' : undefined;
  }

  #outsideText(character: string): 'with it' | 'before it' | undefined {
    if (character === '"') this.#inString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      if (this.#depth === 0) return 'before it';
      this.#depth -= 1;
      return this.#depth === 0 ? 'with it' : undefined;
    } else if (this.#depth === 0) return 'before it';
    return undefined;
  }

  #hold(text: string, from: number, to: number): void {
    this.#length += to - from;
    if (this.#piece === 'other') return;
    if (this.#length > this.#options.longestEvent) this.#parts = [];
    else this.#parts.push(text.slice(from, to));
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
      this.#put(this.#options.constants(parsed(json), json), 'among keys');
      this.#isFirst = false;
      this.#constantsDone = true;
      return;
    }
    this.#place = 'among keys';
    this.#options.otherKey(this.#key);
  }

  #takeKey(json: string): void {
    this.#key = String(parsed(json));
    this.#place = 'after a key';
    const isKept = (this.#key === 'constants' && !this.#constantsDone) || (this.#key === 'events' && this.#constantsDone);
    this.#gapIsOpen = isKept;
    if (isKept) this.#gap = `${this.#separator()}${json}`;
  }

  #takeEvent(json: string | undefined): void {
    const value = json === undefined ? undefined : parsed(json);
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
    const isOtherLog = this.#parts.join('').startsWith('{"constants":');
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

/** `undefined`: it is damaged. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether a value may follow this text: after a colon, and in a list. A comma is taken for that of an object, as nearly all are. */
function mayPrecedeValue(text: string): boolean {
  return /[:[]\s*$/.test(text.slice(-64));
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
