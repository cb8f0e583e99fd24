/**
 * A redacted copy of a log's text, made as it is read: what should not be shared is taken out of header and events, and
 * all else stays, layout and all.
 *
 * Times, ids, types, phases and the order of events stay, so that whoever analyses the log finds the same races and
 * metrics. What is neither header nor event, such as `polledData`, goes, and so does what is damaged.
 */
import { readConstants } from '../netlog/constants.ts';
import { asRawEvent } from '../netlog/event-feed.ts';
import { roleOfEvent } from '../netlog/event-names.ts';
import { asRecord } from '../netlog/json-values.ts';
import { READ_LIMITS } from '../netlog/limits.ts';
import { ALL_KINDS, type Kind } from './kind.ts';
import { LogText } from './log-text.ts';
import { paramRules, redactJson } from './params.ts';
import type { Pseudonyms } from './pseudonyms/pseudonyms.ts';
import type { Scrub } from './scrub.ts';

export interface RedactOptions {
  /** Replaces hosts and addresses; absent: they stay. */
  readonly pseudonyms?: Pseudonyms;
  /** Told of each thing taken out, and the index of the event it was in; `undefined` for the header and the end. */
  readonly found?: (kind: Kind, eventIndex: number | undefined) => void;
  /** Characters of an event; a longer one is left out. */
  readonly longestEvent?: number;
}

export interface RedactedCopy {
  /** The next bytes of the log, which may be reused afterwards. Throws a `NetLogError` for constants that are none. */
  take(bytes: Uint8Array): void;
  end(): void;
  /** Events written so far. */
  readonly events: number;
}

/** Characters to gather before they go out. */
const CHUNK = 64 * 1024;

/** `write` gets the text of the copy in pieces that follow on each other. */
export function redactedCopy(write: (text: string) => void, { pseudonyms, found, longestEvent = READ_LIMITS.longestEvent }: RedactOptions = {}): RedactedCopy {
  let events = 0;
  let index: number | undefined;
  let types: ReadonlyMap<number, string> = new Map();
  const scrub: Scrub = { kinds: ALL_KINDS, found: (kind) => found?.(kind, index) };
  const decoder = new TextDecoder();

  let gathered = '';
  const gather = (more: string): void => {
    gathered += more;
    if (gathered.length >= CHUNK) flush();
  };
  const flush = (): void => {
    write(gathered);
    gathered = '';
  };

  const text = new LogText(gather, {
    longestEvent,
    constants(value, json) {
      const { eventTypes, logged } = readConstants(value);
      types = eventTypes;
      return redactConstants(json, logged, scrub, pseudonyms);
    },
    isEvent: (value) => asRawEvent(value) !== undefined,
    event(value, json) {
      const event = asRawEvent(value);
      if (event === undefined) return undefined;
      index = events++;
      const redacted = redactJson(json, paramRules(roleOfEvent(types.get(event.type) ?? ''), scrub, pseudonyms));
      index = undefined;
      return redacted;
    },
    otherKey: () => scrub.found('other-keys'),
  });

  return {
    take: (bytes) => text.take(decoder.decode(bytes, { stream: true })),
    end() {
      text.take(decoder.decode());
      text.end();
      flush();
    },
    get events() {
      return events;
    },
  };
}

/** The command line before all: it has paths, proxies and addresses. Tables of names and numbers are long, and nothing in them is private. */
function redactConstants(json: string, constants: Readonly<Record<string, unknown>>, scrub: Scrub, pseudonyms: Pseudonyms | undefined): string {
  const tableNames = new Set(Object.values(constants).flatMap((field) => (isTable(field) ? Object.keys(field) : [])));
  const rules = paramRules('', scrub, pseudonyms);
  return redactJson(json, { ...rules, name: (name) => (tableNames.has(name) ? name : rules.name(name)) });
}

function isTable(field: unknown): field is Readonly<Record<string, number>> {
  const values = Object.values(asRecord(field) ?? {});
  return values.length > 0 && values.every((value) => typeof value === 'number');
}
