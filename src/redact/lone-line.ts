/**
 * A line that lies within an event which has not ended: where it is an event by itself, or begins another log, the one
 * before it was damaged.
 */
import { parsedJson } from './parsed-json.ts';

/** How another log begins. */
export const LOG_HEAD = '{"constants":';

export class LoneLine {
  readonly #isEvent: (value: unknown) => boolean;
  readonly #longest: number;
  #parts: string[] | undefined;
  #length = 0;

  /** `longest`: characters of an event. */
  constructor(isEvent: (value: unknown) => boolean, longest: number) {
    this.#isEvent = isEvent;
    this.#longest = longest;
  }

  /** A line begins that may be one. */
  begin(): void {
    this.#parts = [];
    this.#length = 0;
  }

  hold(part: string): void {
    this.#length += part.length;
    if (this.#length > this.#longest) this.#parts = undefined;
    else this.#parts?.push(part);
  }

  /** There is none in hand any more. */
  forget(): void {
    this.#parts = undefined;
  }

  /** The line, if it stands alone. */
  text(): string | undefined {
    const line = this.#parts?.join('');
    if (line === undefined) return undefined;
    let end = line.length;
    while (end > 0 && separates(line[end - 1]!)) end -= 1;
    const isLone = line.startsWith(LOG_HEAD) || (line[end - 1] === '}' && this.#isEvent(parsedJson(line.slice(0, end))));
    return isLone ? line : undefined;
  }
}

function separates(character: string): boolean {
  return character === ',' || character === ' ' || character === '\r' || character === '\t';
}
