/**
 * Bytes of JSON in, tokens out, with byte offsets.
 *
 * stream-json does the tokenizing, but does not say where in the text a token stood. So the text
 * goes to it in pieces that end after each `}`, with which every object ends: the end of the piece
 * in hand is then the exact end of an object just finished. Its core needs no Node streams.
 *
 * The tokenizer keeps the tokens of a piece to itself if the piece turns out to be wrong. So pieces depend on the text
 * alone, not on the chunks that it comes in: whatever is told of damaged text is told of it every time.
 */
import { type Token, jsonParser } from 'stream-json/core/parser.js';
import { getManyValues, isMany } from 'stream-chain/defs.js';

export type { Token };

const CLOSE_BRACE = 0x7d;

/** Bytes looked at a time; there may be more in a chunk than fit into a string. */
const SLICE = 256 * 1024;

const never = (): boolean => false;

/** Characters of a piece in which no object ends. */
const LONGEST_PIECE = 64 * 1024;

/** Where the text stopped being JSON, or became too much to go on. */
export interface JsonFailure {
  /** At this byte or little after. */
  readonly at: number;
  readonly reason: string;
}

export class JsonTokens {
  // Strings come in parts, so that an endless one does not pile up inside the tokenizer.
  readonly #tokenize = jsonParser({ streamKeys: false, streamNumbers: false, packStrings: false });
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #take: (token: Token) => void;
  readonly #longest: number;
  /** Byte offset of the piece in hand, and of its end. */
  #start: number;
  #end: number;
  /** Byte offset of the next chunk, and the text before it that makes no piece yet. */
  #written: number;
  #rest = '';
  /** Bytes since the last token. */
  #silence = 0;
  #failure: JsonFailure | undefined;

  /**
   * `at`: byte offset of the first chunk. `longest`: bytes after which to give up on a key or a
   * number that does not end.
   */
  constructor(take: (token: Token) => void, at: number, longest: number) {
    this.#take = take;
    this.#start = this.#end = this.#written = at;
    this.#longest = longest;
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  /** Whether there is text of which no token is known yet. */
  get waits(): boolean {
    return this.#rest !== '';
  }

  /** Once set, whatever else is written is ignored. */
  get failure(): JsonFailure | undefined {
    return this.#failure;
  }

  /**
   * Takes bytes until they end, or until it `pauses` after an object; tells how many it took. What comes next may then be
   * read by another, who says so with `skip`.
   */
  write(chunk: Uint8Array, pauses: () => boolean = never): number {
    for (let at = 0; at < chunk.length; at += SLICE) {
      const slice = chunk.subarray(at, at + SLICE);
      const taken = this.#write(slice, pauses);
      if (taken < slice.length) return at + taken;
    }
    return chunk.length;
  }

  /** Bytes that were read without it, and end with an object. */
  skip(bytes: number): void {
    this.#written += bytes;
    this.#start = this.#end = this.#written;
  }

  /** Takes what no object has ended as a piece of its own: nothing more belongs to it. */
  flush(): void {
    const rest = this.#rest;
    this.#rest = '';
    if (rest !== '') this.text(rest, this.#written);
  }

  #write(chunk: Uint8Array, pauses: () => boolean): number {
    let from = 0;
    for (let brace = chunk.indexOf(CLOSE_BRACE); brace >= 0; brace = chunk.indexOf(CLOSE_BRACE, from)) {
      const end = brace + 1;
      const piece = this.#withoutLongStart(this.#rest + this.#decoder.decode(chunk.subarray(from, end), { stream: true }));
      this.#rest = '';
      this.#written += end - from;
      this.text(piece, this.#written);
      from = end;
      if (pauses()) return from;
    }
    this.#rest = this.#withoutLongStart(this.#rest + this.#decoder.decode(chunk.subarray(from), { stream: true }));
    this.#written += chunk.length - from;
    return chunk.length;
  }

  /** A long text without an end goes on its way; of its bytes it is only known that they are no fewer than its characters. */
  #withoutLongStart(text: string): string {
    const most = Math.min(LONGEST_PIECE, this.#longest);
    let at = 0;
    for (; text.length - at > most; at += most) this.text(text.slice(at, at + most), this.#end + most);
    return at === 0 ? text : text.slice(at);
  }

  /** Takes text as if it stood in the log just before the byte `end`. */
  text(piece: string, end: number): void {
    if (this.#failure !== undefined) return;
    this.#start = this.#end;
    this.#end = end;
    this.#silence += piece.length;
    let tokens;
    try {
      tokens = this.#tokenize(piece);
    } catch (error) {
      return this.fail(error instanceof Error ? error.message : String(error));
    }
    if (isMany(tokens)) {
      this.#silence = 0;
      for (const token of getManyValues(tokens)) this.#take(token as Token);
    }
    if (this.#silence > this.#longest) this.fail(`nothing ends within ${this.#longest} bytes`);
  }

  fail(reason: string): void {
    this.#failure ??= { at: this.#start, reason };
  }
}
