/** One JSON value, put together from its tokens just as `JSON.parse` would. */
import { Assembler } from 'stream-json/core/assembler.js';
import type { Token } from './json-tokens.ts';

/** Tokens with which a value may end; at its own depth, the first of them does. */
const LAST: ReadonlySet<string> = new Set([
  'endObject', 'endArray', 'endString', 'numberValue', 'trueValue', 'falseValue', 'nullValue',
]);

export function mayEndValue(token: Token): boolean {
  return LAST.has(token.name);
}

export class JsonValue {
  // The library's assembler keeps `__proto__` an own property and lets the last of equal keys win.
  #assembler: Assembler | undefined = new Assembler();
  #text = '';

  take(token: Token): void {
    const assembler = this.#assembler;
    if (assembler === undefined) return;
    if (token.name === 'startString') this.#text = '';
    else if (token.name === 'stringChunk') this.#text += token.value;
    else if (token.name === 'endString') assembler.stringValue(this.#text);
    else assembler.consume(token);
  }

  /** Forgets what there is, and takes no more. */
  drop(): void {
    this.#assembler = undefined;
    this.#text = '';
  }

  get dropped(): boolean {
    return this.#assembler === undefined;
  }

  /** To be asked for after the last token. */
  get value(): unknown {
    return this.#assembler?.current;
  }
}
