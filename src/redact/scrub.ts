/** What every rule of redaction works with: which kinds to take out, whom to tell, and what stands in their place. */
import type { Kind } from './kind.ts';

export interface Scrub {
  readonly kinds: ReadonlySet<Kind>;
  /** Told once for each thing taken out. */
  readonly found: (kind: Kind) => void;
}

/** In the place of names and the like, where text must stay readable as what it was: a URL, a path. */
export const REDACTED = 'redacted';

const STRIPPED = /^(?:\w+ )?\[\d+ bytes were stripped\]$/;

/** `value`, or in its place the words that Chromium itself uses; what is stripped already stays as it is. */
export function strip(value: string, kind: Kind, { kinds, found }: Scrub): string {
  if (!kinds.has(kind) || value === '' || value === REDACTED || STRIPPED.test(value)) return value;
  found(kind);
  return `[${new TextEncoder().encode(value).length} bytes were stripped]`;
}

/** `value`, or the word `redacted`. */
export function redactWord(value: string, kind: Kind, { kinds, found }: Scrub): string {
  if (!kinds.has(kind) || value === '' || value === REDACTED || STRIPPED.test(value)) return value;
  found(kind);
  return REDACTED;
}
