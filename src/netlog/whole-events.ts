/**
 * Reads events that follow each other in a list, however they are laid out, each by `JSON.parse` of just its bytes: some
 * five times faster than by its tokens.
 *
 * Where an event ends is a guess: at a `}` after which another object or the end of a list follows. Parsing proves it: a
 * text that is a whole JSON object is not the beginning of a longer one. Whatever is not understood is left to the tokenizer.
 */

const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** Guesses for one event: its params may hold lists of objects. Each costs a look at what was guessed before. */
const MOST_GUESSES = 8;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface WholeEvents {
  /** Just behind the last event that was read. */
  readonly end: number;
  /** The bytes end before the next event does; otherwise what comes next cannot be read here. */
  readonly needsMore: boolean;
}

/**
 * Reads events from the byte `at`, just behind another event of the list.
 *
 * @param longest bytes; a longer event is not read
 * @param take is given each item of the list, and the byte just behind it
 */
export function readWholeEvents(bytes: Uint8Array, at: number, longest: number, take: (item: unknown, end: number) => void): WholeEvents {
  let end = at;
  for (;;) {
    const comma = skipBlanks(bytes, end);
    const open = bytes[comma] === COMMA ? skipBlanks(bytes, comma + 1) : comma;
    if (open >= bytes.length) return { end, needsMore: true };
    if (open === comma || bytes[open] !== OPEN_BRACE) return { end, needsMore: false };
    let close = open;
    let item: unknown;
    for (let guesses = 0; item === undefined; guesses++) {
      close = nextGuess(bytes, close);
      if (close - end > longest || guesses === MOST_GUESSES) return { end, needsMore: false };
      if (close >= bytes.length) return { end, needsMore: true };
      item = parse(bytes.subarray(open, close));
    }
    take(item, close);
    end = close;
  }
}

/** Just behind the next `}` that may end an item of a list; the length of the bytes if they do not tell. */
function nextGuess(bytes: Uint8Array, from: number): number {
  for (let brace = bytes.indexOf(CLOSE_BRACE, from); brace >= 0; brace = bytes.indexOf(CLOSE_BRACE, brace + 1)) {
    let next = skipBlanks(bytes, brace + 1);
    if (bytes[next] === COMMA) {
      next = skipBlanks(bytes, next + 1);
      if (bytes[next] === OPEN_BRACE) return brace + 1;
    } else if (bytes[next] === CLOSE_BRACKET) return brace + 1;
    if (next >= bytes.length) break;
  }
  return bytes.length;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isBlank(bytes[at]!)) at++;
  return at;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
