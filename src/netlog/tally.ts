/**
 * Counts what the reader skipped or did not know, one diagnostic per kind however often it
 * happened, with the place of the first.
 */
import type { Diagnostic, Severity } from './event.ts';

interface Kind {
  readonly severity: Severity;
  readonly message: (count: number, first: string) => string;
}

/** In the order in which they are reported. */
const KINDS = {
  'malformed-event': {
    severity: 'warning',
    message: (count) => `Skipped ${times(count, 'place')} where an event was expected and something else was found.`,
  },
  'value-too-long': {
    severity: 'warning',
    message: (count, first) => `Skipped ${times(count, 'event')} longer than the limit of ${first} bytes (--max-event).`,
  },
  'params-left-out': {
    severity: 'warning',
    message: (count, first) => `Left out the params of ${times(count, 'event')}: they nest deeper than ${first} characters.`,
  },
  'unknown-event-type': {
    severity: 'info',
    message: (count, first) => `${times(count, 'event')} of a type that the log's constants do not name (first: ${first}).`,
  },
  'unknown-source-type': {
    severity: 'info',
    message: (count, first) => `${times(count, 'event')} of a source type that the log's constants do not name (first: ${first}).`,
  },
  'unknown-phase': {
    severity: 'info',
    message: (count, first) => `${times(count, 'event')} without a phase that the log's constants name (first: ${first}); taken as points in time.`,
  },
  'time-backwards': {
    severity: 'info',
    message: (count) => `Time runs backwards from one event to the next in ${times(count, 'place')}.`,
  },
} as const satisfies Record<string, Kind>;

export type TallyCode = keyof typeof KINDS;

interface Finding {
  count: number;
  readonly first: string;
  readonly eventIndex: number;
  readonly byteOffset?: number | undefined;
}

export class Tally {
  readonly #findings = new Map<TallyCode, Finding>();

  /** `first` goes into the message of some kinds: the number not known, the limit exceeded. */
  note(code: TallyCode, eventIndex: number, byteOffset?: number, first: number | string = ''): void {
    const finding = this.#findings.get(code);
    if (finding === undefined) this.#findings.set(code, { count: 1, first: String(first), eventIndex, byteOffset });
    else finding.count++;
  }

  diagnostics(): Diagnostic[] {
    const codes = Object.keys(KINDS) as TallyCode[];
    return codes.flatMap((code): Diagnostic[] => {
      const finding = this.#findings.get(code);
      if (finding === undefined) return [];
      const { count, first, eventIndex, byteOffset } = finding;
      const { severity, message } = KINDS[code] as Kind;
      return [{ code, severity, message: message(count, first), count, eventIndex, ...(byteOffset !== undefined && { byteOffset }) }];
    });
  }
}

function times(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
