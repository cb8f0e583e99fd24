/**
 * A log on its way to another sink, with what should not be shared taken out of header and events.
 *
 * Times, ids, types, phases and the order of events stay, so that whoever analyses the log finds the
 * same races and metrics. What a reader does not hand on, such as `polledData`, is not there afterwards.
 */
import type { EventSink, LogConstants } from '../netlog/event.ts';
import { asRecord } from '../netlog/json-values.ts';
import { ALL_KINDS, type Kind } from './kind.ts';
import { redactParams } from './params.ts';
import type { Pseudonyms } from './pseudonyms/pseudonyms.ts';
import type { Scrub } from './scrub.ts';

export interface RedactOptions {
  /** Replaces hosts and addresses; absent: they stay. */
  readonly pseudonyms?: Pseudonyms;
  /** Told of each thing taken out, and the index of the event it was in; `undefined` for the header and the end. */
  readonly found?: (kind: Kind, eventIndex: number | undefined) => void;
}

/** A sink that reads the whole log and hands a redacted one on to `sink`. */
export function redacted(sink: EventSink, { pseudonyms, found }: RedactOptions = {}): EventSink {
  let index: number | undefined;
  const scrub: Scrub = { kinds: ALL_KINDS, found: (kind) => found?.(kind, index) };
  return {
    start(constants) {
      sink.start(redactConstants(constants, scrub, pseudonyms));
    },
    event(event) {
      index = event.index;
      sink.event(event.params === undefined ? event : { ...event, params: redactParams(event.type, event.params, scrub, pseudonyms) });
    },
    end(end) {
      index = undefined;
      for (const _ of end.otherKeys ?? []) scrub.found('other-keys');
      sink.end(end);
    },
  };
}

/** The command line before all: it has paths, proxies and addresses. */
function redactConstants(constants: LogConstants, scrub: Scrub, pseudonyms: Pseudonyms | undefined): LogConstants {
  const logged = Object.fromEntries(Object.entries(constants.logged).map(([key, value]) => [key, redactHeaderField(value, scrub, pseudonyms)]));
  return { ...constants, logged };
}

function redactHeaderField(value: unknown, scrub: Scrub, pseudonyms: Pseudonyms | undefined): unknown {
  const entries = Object.values(asRecord(value) ?? {});
  // Tables of names and numbers are long, and nothing in them is private.
  const isTable = entries.length > 0 && entries.every((entry) => typeof entry === 'number');
  return isTable ? value : redactParams('', { value }, scrub, pseudonyms)['value'];
}
