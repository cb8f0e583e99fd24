import { quote } from './expectation.ts';

/** What is wrong in a zone's text, and in which of its lines (from 1). */
export class ZoneError extends Error {
  readonly line: number;

  /** `found` absent: the record ends there. */
  constructor(line: number, expected: string, found?: string) {
    super(`expected ${expected}, found ${found === undefined ? 'the end of the record' : quote(found)}`);
    this.name = 'ZoneError';
    this.line = line;
  }
}
