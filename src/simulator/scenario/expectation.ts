/**
 * How a scenario's mistakes are worded: what was expected, what was found.
 *
 * Where it was found is added by whoever knows the file.
 */

const LONGEST_QUOTE = 60;

export function mismatch(expected: string, input: unknown): string {
  return `expected ${expected}, found ${found(input)}`;
}

function found(input: unknown): string {
  if (input === undefined || input === null) return 'nothing';
  if (typeof input === 'string') return quote(input);
  if (Array.isArray(input)) return input.length === 0 ? 'an empty list' : 'a list';
  return typeof input === 'object' ? 'a map' : `${input as number | boolean}`;
}

/** In quotes and on one line, cut if long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
