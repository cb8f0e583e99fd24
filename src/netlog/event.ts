/**
 * The vocabulary of a NetLog: constants, events, and the sink that events flow into.
 *
 * A producer (the reader of files, the simulator) calls `start` once, `event` for each event in
 * log order, and `end` once. Consumers (the model, the writer, tests) implement `EventSink`.
 */
import type { Ticks, UnixMillis } from '../units.ts';

export type Phase = 'NONE' | 'BEGIN' | 'END';

/** The part of the log that an event belongs to: something that logs, with an id unique in the file. */
export interface EventSource {
  /** Can be negative: Chromium draws the ids of some sources from a second range. */
  readonly id: number;
  /** Role name of the source type (`SOCKET`), see `event-names.ts`. */
  readonly type: string;
  /** When the source came to be. Absent in logs of Chrome 71 and before. */
  readonly startTime?: Ticks;
}

export type EventParams = Readonly<Record<string, unknown>>;

export interface NetLogEvent {
  /** Position in the log, from 0; the tie-breaker for events of the same tick. */
  readonly index: number;
  /** Not monotonic: logs with a few backward steps exist. */
  readonly time: Ticks;
  /** Role name (`HOST_RESOLVER_MANAGER_JOB`), the same for every Chromium version. */
  readonly type: string;
  /** The name that this log itself uses; differs from `type` where Chromium renamed the event. */
  readonly loggedType: string;
  readonly phase: Phase;
  readonly source: EventSource;
  /** Absent if the event has none, or if the sink did not ask for those of this type. */
  readonly params?: EventParams;
}

export interface ClientInfo {
  readonly name?: string;
  readonly version?: string;
  readonly os?: string;
  readonly commandLine?: string;
}

/** The header of a log. Every table is the log's own: numbers change with each Chromium version. */
export interface LogConstants {
  /** Adding it to a tick gives Unix milliseconds. Absent in logs whose header lacks it. */
  readonly tickOffset?: UnixMillis;
  readonly formatVersion?: number;
  readonly captureMode?: string;
  readonly client?: ClientInfo;
  readonly fieldTrials: readonly string[];
  /** Some sources were left out on purpose (`slice`): what the log does not show may have been there. */
  readonly sliced?: true;
  /** Event type number to the name as logged. */
  readonly eventTypes: ReadonlyMap<number, string>;
  readonly sourceTypes: ReadonlyMap<number, string>;
  readonly phases: ReadonlyMap<number, Phase>;
  /** Net error code to its name with the prefix `ERR_`. Empty for logs without that table. */
  readonly netErrors: ReadonlyMap<number, string>;
  /** QUIC error code to its name (`QUIC_HANDSHAKE_TIMEOUT`). */
  readonly quicErrors: ReadonlyMap<number, string>;
  /** The header as logged: every key and table, so that a writer loses none that nobody here reads (`loadFlag`). */
  readonly logged: Readonly<Record<string, unknown>>;
}

export type Severity = 'info' | 'warning' | 'error';

/** What the reader skipped, mended, limited or did not know. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly count?: number;
  readonly byteOffset?: number;
  readonly eventIndex?: number;
}

/** What the producer knows once the last event is out. */
export interface LogEnd {
  /** The log was closed as a writer closes it. `false`: cut off or damaged. */
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Keys of the log besides `constants` and `events`, as a reader met them; it hands their values on to nobody. Absent if there are none. */
  readonly otherKeys?: readonly string[];
  /** What the client looked like at the end, a list of objects in Chromium 156; a reader hands none on. */
  readonly polledData?: unknown;
}

/** For a sink that takes a few types of events and only notes of the others that there were some: they are most of a log. */
export interface Passing {
  /** Role names of the event types that go to `event`. */
  readonly taken: ReadonlySet<string>;
  /** Of these, types of which only the first event of each source need go there; later ones may. */
  readonly takenOnce?: ReadonlySet<string>;
  /** Any other event, in log order with those that are taken; they count in `index` alike. */
  pass(time: Ticks, sourceId: number, startTime: Ticks | undefined): void;
}

export interface EventSink {
  /** Role names of the event types whose params this sink reads; absent: those of all. */
  readonly paramsOf?: ReadonlySet<string>;
  /** What becomes of events that this sink does not take; absent: it takes all. */
  readonly passing?: Passing;
  start(constants: LogConstants): void;
  event(event: NetLogEvent): void;
  end(end: LogEnd): void;
}
