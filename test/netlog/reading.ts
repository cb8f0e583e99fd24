/** Small logs written by hand, reading them, and what `JSON.parse` says should come out. */
import { roleOfEvent, roleOfSource } from '../../src/netlog/event-names.ts';
import type { EventSink, LogConstants, LogEnd, NetLogEvent } from '../../src/netlog/event.ts';
import { type ReadOptions, type ReadSummary, readNetLog } from '../../src/netlog/read-netlog.ts';

export const CONSTANTS = {
  logEventPhase: { PHASE_BEGIN: 1, PHASE_END: 2, PHASE_NONE: 0 },
  logEventTypes: { DNS_TRANSACTION: 4, HOST_RESOLVER_IMPL_JOB: 3, REQUEST_ALIVE: 0, SOCKET_BYTES_SENT: 12 },
  logSourceType: { DNS_TRANSACTION: 2, HOST_RESOLVER_IMPL_JOB: 7, NONE: 0 },
  timeTickOffset: 1_700_000_000_000,
};

/** Events as JSON text: with and without params, nested, non-ASCII, negative id, odd strings. */
export const EVENTS = [
  '{"phase":1,"source":{"id":7,"start_time":"100","type":7},"time":"100","type":3}',
  '{"params":{"host":"bücher.example","note":"日本 😀"},"phase":0,"source":{"id":7,"start_time":"100","type":7},"time":"101","type":3}',
  '{"params":{"bytes":"AA=="},"phase":0,"source":{"id":-2147483646,"start_time":"90","type":0},"time":"101","type":12}',
  '{"params":{"list":[1,-2.5e3,true,null,{"a":[]}],"text":"quote \\" brace } end \\\\"},"phase":1,"source":{"id":9,"start_time":"102","type":2},"time":"102","type":4}',
  '{"params":{},"phase":2,"source":{"id":9,"start_time":"102","type":2},"time":"105","type":4}',
  '{"phase":2,"source":{"id":7,"start_time":"100","type":7},"time":"106","type":3}',
];

/** The log as Chromium lays it out; `after` comes between the list of events and the end. */
export function lineLog(events: readonly string[] = EVENTS, after = ''): string {
  return `${HEAD}${events.join(',\n')}]${after}}\n`;
}

export const HEAD = `{"constants":${JSON.stringify(CONSTANTS)},\n"events": [\n`;

export interface Reading {
  readonly constants: LogConstants | undefined;
  readonly events: readonly NetLogEvent[];
  readonly end: LogEnd | undefined;
  readonly summary: ReadSummary;
  /** The codes of the diagnostics. */
  readonly codes: readonly string[];
}

export interface ReadingOptions extends ReadOptions {
  readonly paramsOf?: ReadonlySet<string>;
  /** Sizes of the chunks, used in turn; one chunk unless given. */
  readonly chunkSizes?: readonly number[];
}

export async function read(log: string | Uint8Array, options: ReadingOptions = {}): Promise<Reading> {
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log;
  const { sink, got } = recorder(options.paramsOf);
  const summary = await readNetLog(chunksOf(bytes, options.chunkSizes), sink, options);
  return { ...got, summary, codes: summary.diagnostics.map(({ code }) => code) };
}

/** A sink that remembers all it gets. */
export function recorder(paramsOf?: ReadonlySet<string>): {
  readonly sink: EventSink;
  readonly got: { constants: LogConstants | undefined; readonly events: NetLogEvent[]; end: LogEnd | undefined };
} {
  const got: ReturnType<typeof recorder>['got'] = { constants: undefined, events: [], end: undefined };
  const sink: EventSink = {
    ...(paramsOf && { paramsOf }),
    start: (constants) => void (got.constants = constants),
    event: (event) => void got.events.push(event),
    end: (end) => void (got.end = end),
  };
  return { sink, got };
}

/** Every chunk overwrites the one before, as a producer is free to do. */
export function* chunksOf(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]): Generator<Uint8Array> {
  const buffer = new Uint8Array(Math.max(...sizes, 1));
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    const chunk = bytes.subarray(at, at + size);
    buffer.fill(0x3f).set(chunk);
    yield buffer.subarray(0, chunk.length);
    at += chunk.length;
  }
}

interface LoggedEvent {
  readonly time: string | number;
  readonly type: number;
  readonly phase: number;
  readonly source: { readonly id: number; readonly type: number; readonly start_time?: string | number };
  readonly params?: Record<string, unknown>;
}

export interface LoggedNetLog {
  readonly constants: typeof CONSTANTS;
  readonly events: readonly LoggedEvent[];
}

/** The events that a whole and valid log holds, by way of `JSON.parse`. */
export function expectedEvents(text: string, paramsOf?: ReadonlySet<string>): NetLogEvent[] {
  const { constants, events } = JSON.parse(text.replace(/^\u{FEFF}/u, '')) as LoggedNetLog;
  return events.map((event, index) => expectedEvent(event, index, constants, paramsOf));
}

export function expectedEvent(event: LoggedEvent, index: number, constants: typeof CONSTANTS, paramsOf?: ReadonlySet<string>): NetLogEvent {
  const nameOf = (table: Record<string, number>, number: number): string => Object.entries(table).find(([, value]) => value === number)?.[0] ?? '?';
  const loggedType = nameOf(constants.logEventTypes, event.type);
  const type = roleOfEvent(loggedType);
  const { id, type: sourceType, start_time: startTime } = event.source;
  return {
    index,
    time: Number(event.time),
    type,
    loggedType,
    phase: (['NONE', 'BEGIN', 'END'] as const)[event.phase] ?? 'NONE',
    source: {
      id,
      type: roleOfSource(nameOf(constants.logSourceType, sourceType)),
      ...(startTime !== undefined && { startTime: Number(startTime) }),
    },
    ...(event.params !== undefined && (paramsOf?.has(type) ?? true) && { params: event.params }),
  };
}
