/** Reading the same bytes with the reader that suits them, and with the one for any JSON. */
import { isDeepStrictEqual } from 'node:util';
import { NetLogError } from '../../src/netlog/errors.ts';
import type { EventSink, NetLogEvent } from '../../src/netlog/event.ts';
import { JsonReader } from '../../src/netlog/json-reader.ts';
import { READ_LIMITS } from '../../src/netlog/limits.ts';
import { describeEnd } from '../../src/netlog/log-end.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { chunksOf, recorder } from '../netlog/reading.ts';

export type Reading =
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'read'; readonly events: readonly NetLogEvent[]; readonly codes: readonly string[] };

export interface Wishes {
  /** Types whose params to read; all unless given. */
  readonly paramsOf?: ReadonlySet<string> | undefined;
  /** Gets the events as well. */
  readonly also?: EventSink;
}

/** The codes of the diagnostics of a reading into a sink. */
type Way = (sink: EventSink) => Promise<readonly string[]>;

/** As the reader chooses itself. */
export function usualWay(bytes: Uint8Array, chunkSizes: readonly number[]): Way {
  return async (sink) => (await readNetLog(chunksOf(bytes, chunkSizes), sink)).diagnostics.map(({ code }) => code);
}

export function anyJsonWay(bytes: Uint8Array): Way {
  return (sink) => {
    const at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const reader = new JsonReader(sink, READ_LIMITS, at);
    reader.write(bytes.subarray(at));
    const outcome = reader.end();
    return Promise.resolve([...describeEnd(outcome, bytes.length), ...outcome.feed.diagnostics()].map(({ code }) => code));
  };
}

/** Errors that are not a refusal pass. */
export async function readAsUsual(bytes: Uint8Array, chunkSizes: readonly number[], wishes: Wishes): Promise<Reading> {
  return reading(usualWay(bytes, chunkSizes), wishes);
}

export async function readAsAnyJson(bytes: Uint8Array, wishes: Wishes): Promise<Reading> {
  return reading(anyJsonWay(bytes), wishes);
}

async function reading(read: Way, { paramsOf, also }: Wishes): Promise<Reading> {
  const { sink, got } = recorder(paramsOf);
  const target = also === undefined ? sink : both(sink, also);
  try {
    const codes = await read(target);
    return { kind: 'read', events: got.events, codes };
  } catch (error) {
    if (error instanceof NetLogError) return { kind: 'refused', code: error.code };
    throw error;
  }
}

function both(first: EventSink, second: EventSink): EventSink {
  return {
    ...(first.paramsOf && { paramsOf: first.paramsOf }),
    start(constants) {
      first.start(constants);
      second.start(constants);
    },
    event(event) {
      first.event(event);
      second.event(event);
    },
    end(end) {
      first.end(end);
      second.end(end);
    },
  };
}

/**
 * How the two readings differ where they must not; undefined if all is well. Of valid JSON both give the same. Of
 * damaged text the reader of any JSON gives the events before the damage, and that of lines also those after it.
 */
export function difference(usual: Reading, any: Reading, isValid: boolean): string | undefined {
  if (isValid) return isDeepStrictEqual(usual, any) ? undefined : `valid JSON is read differently: ${summaryOf(usual)} and ${summaryOf(any)}`;
  if (any.kind === 'refused') return undefined;
  if (usual.kind === 'refused') return `refused as ${usual.code}, although ${any.events.length} events can be read`;
  const before = usual.events.slice(0, any.events.length);
  return isDeepStrictEqual(before, any.events) ? undefined : `damaged text is read differently before the damage: ${summaryOf(usual)} and ${summaryOf(any)}`;
}

function summaryOf(reading: Reading): string {
  return reading.kind === 'refused' ? reading.code : `${reading.events.length} events (${reading.codes.join(' ')})`;
}
