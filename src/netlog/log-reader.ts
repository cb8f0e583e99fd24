/** Reads a log whose layout is not known yet: holds its beginning until that tells, then hands over. */
import { ByteBuffer } from './byte-buffer.ts';
import { readConstants } from './constants.ts';
import { EventFeed } from './event-feed.ts';
import type { EventSink } from './event.ts';
import { JsonReader } from './json-reader.ts';
import type { LayoutReader, Outcome } from './layout-reader.ts';
import type { ReadLimits } from './limits.ts';
import { LineReader } from './line-reader.ts';
import { type LogHead, readHead } from './log-head.ts';

const NEWLINE = 0x0a;

/** Looks at a head that ends with a line: three lines tell. */
const MOST_EARLY_LOOKS = 8;

export class LogReader implements LayoutReader {
  readonly #sink: EventSink;
  readonly #limits: ReadLimits;
  readonly #head = new ByteBuffer();
  #lookAgainAt = 0;
  #earlyLooks = 0;
  #reader: LayoutReader | undefined;

  constructor(sink: EventSink, limits: ReadLimits) {
    this.#sink = sink;
    this.#limits = limits;
  }

  get stopped(): boolean {
    return this.#reader?.stopped ?? false;
  }

  write(chunk: Uint8Array): void {
    if (this.#reader !== undefined) return this.#reader.write(chunk);
    // The first chunk is mostly enough, and then need not be copied.
    if (this.#head.length === 0) this.#reader = this.#look(chunk);
    if (this.#reader !== undefined) return;
    this.#head.append(chunk);
    // Looking again only at the end of a first line, or when there is twice as much, keeps small chunks cheap.
    const isEarly = this.#earlyLooks < MOST_EARLY_LOOKS && chunk.includes(NEWLINE);
    if (isEarly) this.#earlyLooks += 1;
    if (this.#head.length >= this.#lookAgainAt || isEarly) {
      this.#lookAgainAt = this.#head.length * 2;
      this.#reader = this.#look(this.#head.view);
    }
  }

  end(): Outcome {
    const reader = this.#reader ?? this.#begin(readHead(this.#head.view, true), this.#head.view);
    return reader.end();
  }

  #look(bytes: Uint8Array): LayoutReader | undefined {
    const head = readHead(bytes, false);
    return head && this.#begin(head, bytes);
  }

  /** The reader for a log that begins so; it has read these bytes. */
  #begin(head: LogHead, bytes: Uint8Array): LayoutReader {
    const { at } = head;
    const reader =
      head.layout === 'lines'
        ? new LineReader(new EventFeed(readConstants(head.constants), this.#sink, this.#limits, at), this.#sink, this.#limits, at)
        : new JsonReader(this.#sink, this.#limits, at);
    reader.write(bytes.subarray(at));
    return reader;
  }
}
