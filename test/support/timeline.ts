/**
 * Hand-readable NetLogs for tests: one call per event, in log order, with names as logged.
 *
 *   const job = ['HOST_RESOLVER_IMPL_JOB', 128] as const;
 *   const log = timeline({ chrome: '156' })
 *     .at(0, ...job, 'HOST_RESOLVER_MANAGER_JOB', 'BEGIN', { host: 'https://a.test' })
 *     .at(25, ...job, 'HOST_RESOLVER_MANAGER_JOB', 'END');
 *
 * `at` counts milliseconds from the log's tick 0 of the story (`firstTick`). The Chromium version
 * picks the outer shape; the events are up to the test. Numbers of types are given out in the order
 * of first use, as no test may rely on those of a real Chromium. How the text is laid out is the
 * business of `timeline-text.ts`.
 */
import { roleOfEvent, roleOfSource } from '../../src/netlog/event-names.ts';
import type { EventParams, EventSink, EventSource, LogConstants, NetLogEvent, Phase } from '../../src/netlog/event.ts';
import type { Ticks, UnixMillis } from '../../src/units.ts';
import { type LogShape, shapeOf, type ShapeOptions } from './timeline-shape.ts';
import { textOf } from './timeline-text.ts';

export type { ShapeOptions as TimelineOptions } from './timeline-shape.ts';

/** Source type as logged, and id. */
export type SourceRef = readonly [type: string, id: number];

/** An event with names as logged. */
export interface LoggedEvent {
  readonly at: number;
  readonly sourceType: string;
  readonly sourceId: number;
  readonly type: string;
  readonly phase: Phase;
  readonly params?: EventParams;
}

export const PHASE_NUMBERS: Readonly<Record<Phase, number>> = { NONE: 0, BEGIN: 1, END: 2 };

/** Net errors that tests use; a real table has about 250. */
const NET_ERRORS: readonly (readonly [number, string])[] = [
  [0, 'net::OK'],
  [-3, 'ERR_ABORTED'],
  [-7, 'ERR_TIMED_OUT'],
  [-21, 'ERR_NETWORK_CHANGED'],
  [-100, 'ERR_CONNECTION_CLOSED'],
  [-101, 'ERR_CONNECTION_RESET'],
  [-102, 'ERR_CONNECTION_REFUSED'],
  [-104, 'ERR_CONNECTION_FAILED'],
  [-105, 'ERR_NAME_NOT_RESOLVED'],
  [-107, 'ERR_SSL_PROTOCOL_ERROR'],
  [-109, 'ERR_ADDRESS_UNREACHABLE'],
  [-118, 'ERR_CONNECTION_TIMED_OUT'],
  [-137, 'ERR_NAME_RESOLUTION_FAILED'],
  [-356, 'ERR_QUIC_PROTOCOL_ERROR'],
  [-358, 'ERR_QUIC_HANDSHAKE_FAILED'],
  [-803, 'ERR_DNS_TIMED_OUT'],
  [-809, 'ERR_DNS_NAME_HTTPS_ONLY'],
  [-811, 'ERR_DNS_NO_MATCHING_SUPPORTED_ALPN'],
];

const QUIC_ERRORS: readonly (readonly [number, string])[] = [
  [0, 'QUIC_NO_ERROR'],
  [25, 'QUIC_NETWORK_IDLE_TIMEOUT'],
  [67, 'QUIC_HANDSHAKE_TIMEOUT'],
];

/** `source_dependency`, to be spread into params or to stand for them. The type is a name as logged. */
export function dep(id: number, type: string): { readonly source_dependency: { readonly id: number; readonly type: string } } {
  return { source_dependency: { id, type } };
}

/** The same for a source kept as a pair. */
export function depOn([type, id]: SourceRef): ReturnType<typeof dep> {
  return dep(id, type);
}

export function timeline(options: ShapeOptions = {}): Timeline {
  return new Timeline(shapeOf(options));
}

export class Timeline {
  readonly shape: LogShape;
  readonly #logged: LoggedEvent[] = [];
  readonly #eventTypes = new Map<string, number>();
  readonly #sourceTypes = new Map<string, number>([['NONE', 0]]);
  readonly #starts = new Map<number, number>();

  constructor(shape: LogShape) {
    this.shape = shape;
  }

  /** An event at `at` ms. The first event of a source is also its start. */
  at(at: number, sourceType: string, sourceId: number, type: string, phase: Phase = 'NONE', params?: EventParams): this {
    numberFor(this.#eventTypes, type);
    numberFor(this.#sourceTypes, sourceType);
    if (!this.#starts.has(sourceId)) this.#starts.set(sourceId, at);
    const numbered = params === undefined ? {} : { params: this.#numberTypes(params) };
    this.#logged.push({ at, sourceType, sourceId, type, phase, ...numbered });
    return this;
  }

  /** Events that several stories share, put in by a function. */
  also(part: (log: this) => void): this {
    part(this);
    return this;
  }

  /** A source that came to be before its first event, as in a log whose head is lost. */
  startedAt(at: number, sourceId: number): this {
    this.#starts.set(sourceId, at);
    return this;
  }

  /** The JSON text as Chromium writes it, or in one of the odd shapes asked for. */
  text(): string {
    return textOf(this);
  }

  bytes(): Uint8Array {
    return new TextEncoder().encode(this.text());
  }

  /** What a reader delivers: role names, ticks, the log's own numbers inside params. */
  events(): NetLogEvent[] {
    return this.#logged.map((event, index) => ({
      index,
      time: this.tick(event.at),
      type: roleOfEvent(event.type),
      loggedType: event.type,
      phase: event.phase,
      source: this.#sourceOf(event),
      ...(event.params === undefined ? {} : { params: event.params }),
    }));
  }

  /** Drives a sink as a reader does, without the params it does not ask for. */
  feed(sink: EventSink): void {
    sink.start(this.constants());
    for (const { params, ...event } of this.events()) {
      const wanted = params !== undefined && (sink.paramsOf?.has(event.type) ?? true);
      sink.event(wanted ? { ...event, params } : event);
    }
    sink.end({ complete: this.shape.closed, diagnostics: [] });
  }

  constants(): LogConstants {
    const { tickOffset, captureMode, client } = this.shape;
    return {
      ...(tickOffset === undefined ? {} : { tickOffset: Number(tickOffset) as UnixMillis }),
      formatVersion: 1,
      ...(captureMode === undefined ? {} : { captureMode }),
      ...(client === undefined || client.name === undefined ? {} : { client: { name: client.name, version: client.version, os: client.os_type } }),
      fieldTrials: this.shape.fieldTrials,
      eventTypes: new Map([...this.#eventTypes].map(([name, number]) => [number, name])),
      sourceTypes: new Map([...this.#sourceTypes].map(([name, number]) => [number, name])),
      phases: new Map(Object.entries(PHASE_NUMBERS).map(([name, number]) => [number, name as Phase])),
      netErrors: new Map(NET_ERRORS.map(([code, name]) => [code, code === 0 ? 'OK' : name])),
      quicErrors: new Map(QUIC_ERRORS),
      logged: this.loggedConstants(),
    };
  }

  /** The value of the key `constants`, as logged. */
  loggedConstants(): Record<string, unknown> {
    const { shape } = this;
    return {
      ...(shape.chromeMajor >= 60 ? { activeFieldTrialGroups: shape.fieldTrials } : {}),
      addressFamily: { ADDRESS_FAMILY_UNSPECIFIED: 0, ADDRESS_FAMILY_IPV4: 1, ADDRESS_FAMILY_IPV6: 2 },
      ...(shape.client === undefined ? {} : { clientInfo: shape.client }),
      ...(shape.chromeMajor >= 100 ? { dnsQueryType: { UNSPECIFIED: 0, A: 1, AAAA: 2, HTTPS: 7 } } : {}),
      ...(shape.captureMode === undefined ? {} : { logCaptureMode: shape.captureMode }),
      logEventPhase: Object.fromEntries(Object.entries(PHASE_NUMBERS).map(([name, number]) => [`PHASE_${name}`, number])),
      logEventTypes: Object.fromEntries(this.#eventTypes),
      logFormatVersion: 1,
      logSourceType: Object.fromEntries(this.#sourceTypes),
      // Old tables spell net errors without the prefix.
      netError: Object.fromEntries(NET_ERRORS.map(([code, name]) => [shape.chromeMajor < 50 ? name.replace(/^ERR_/, '') : name, code])),
      quicError: Object.fromEntries(QUIC_ERRORS.map(([code, name]) => [name, code])),
      ...(shape.tickOffset === undefined ? {} : { timeTickOffset: shape.tickOffset }),
    };
  }

  /** The events as logged: numbers for names, times as strings. */
  loggedEvents(): Record<string, unknown>[] {
    return this.#logged.map((event) => ({
      ...(event.params === undefined ? {} : { params: event.params }),
      phase: PHASE_NUMBERS[event.phase],
      source: {
        id: event.sourceId,
        ...(this.shape.startTimes ? { start_time: String(this.#startOf(event)) } : {}),
        type: this.#sourceTypes.get(event.sourceType),
      },
      time: String(this.tick(event.at)),
      type: this.#eventTypes.get(event.type),
    }));
  }

  /** The tick of a moment of the story. */
  tick(at: number): Ticks {
    return (this.shape.firstTick + at) as Ticks;
  }

  #startOf(event: LoggedEvent): Ticks {
    return this.tick(this.#starts.get(event.sourceId) ?? event.at);
  }

  #sourceOf(event: LoggedEvent): EventSource {
    const source = { id: event.sourceId, type: roleOfSource(event.sourceType) };
    return this.shape.startTimes ? { ...source, startTime: this.#startOf(event) } : source;
  }

  /** `dep` names the type of a source; a log has its number. */
  #numberTypes(params: EventParams): EventParams {
    const target = params['source_dependency'];
    if (!isNamedSource(target)) return params;
    return { ...params, source_dependency: { ...target, type: numberFor(this.#sourceTypes, target.type) } };
  }
}

function isNamedSource(value: unknown): value is { readonly id: number; readonly type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function numberFor(table: Map<string, number>, name: string): number {
  const known = table.get(name);
  if (known !== undefined) return known;
  table.set(name, table.size);
  return table.size - 1;
}
