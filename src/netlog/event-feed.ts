/**
 * The last step of reading, shared by every layout: an event as the log spells it becomes a
 * `NetLogEvent` with names, and goes to the sink. What looks odd is delivered and counted.
 */
import type { Ticks } from '../units.ts';
import { roleOfEvent, roleOfSource } from './event-names.ts';
import type { Diagnostic, EventParams, EventSink, EventSource, LogConstants, Phase } from './event.ts';
import { asInteger, asNumber, asRecord } from './json-values.ts';
import { isBeyond, type ReadLimits } from './limits.ts';
import { Tally } from './tally.ts';
import { unnamedEventType, unnamedSourceType } from './unnamed-types.ts';

/** An event with the log's own numbers. */
export interface RawEvent {
  readonly time: number;
  readonly type: number;
  /** NaN if the event has none. */
  readonly phase: number;
  readonly sourceId: number;
  readonly sourceType: number;
  readonly startTime: number | undefined;
  readonly params: EventParams | undefined;
  /** Bytes of the params as logged; undefined where nobody counted them. */
  readonly paramsLength?: number | undefined;
}

/** Looks at a parsed value; undefined if it lacks a usable time, type or source and so is no event. */
export function asRawEvent(value: unknown): RawEvent | undefined {
  const event = asRecord(value);
  const source = asRecord(event?.['source']);
  const time = asNumber(event?.['time']);
  const type = asInteger(event?.['type']);
  const sourceId = asInteger(source?.['id']);
  const sourceType = asInteger(source?.['type']);
  if (time === undefined || type === undefined || sourceId === undefined || sourceType === undefined) return undefined;
  return {
    time,
    type,
    phase: asInteger(event?.['phase']) ?? NaN,
    sourceId,
    sourceType,
    startTime: asNumber(source?.['start_time']),
    params: asRecord(event?.['params']),
  };
}

interface EventType {
  readonly logged: string;
  readonly role: string;
  /** Goes to the sink's `event`; if not, to its `pass`. */
  readonly taken: boolean;
  readonly wantsParams: boolean;
  /** Sources that have had theirs, if the sink takes only the first event of each. */
  readonly takenOf: Set<number> | undefined;
}

/** Sources that are remembered to have had their first event; of others the sink gets them all. */
const MOST_REMEMBERED = 1_000_000;

/** By the log's numbers, which are small; a list is much faster than a map here, where every event looks. */
type Table<Entry> = readonly (Entry | undefined)[];

/** Chromium's tables have under a thousand numbers; a log that claims larger ones gets no list full of holes. */
const LARGEST_NUMBER = 65_535;

function byNumber<Name, Entry>(names: ReadonlyMap<number, Name>, entry: (name: Name) => Entry): Table<Entry> {
  const table: Entry[] = [];
  for (const [number, name] of names) if (number >= 0 && number <= LARGEST_NUMBER) table[number] = entry(name);
  return table;
}

export class EventFeed {
  readonly #sink: EventSink;
  readonly #limits: ReadLimits;
  readonly #eventTypes: Table<EventType>;
  readonly #sourceTypes: Table<string>;
  readonly #phases: Table<Phase>;
  readonly #tally = new Tally();
  #count = 0;
  #skipped = 0;
  #previousTime = -Infinity;
  #end: number;

  /** Starts the sink. `at`: where in the log its events begin, in bytes. */
  constructor(constants: LogConstants, sink: EventSink, limits: ReadLimits, at: number) {
    this.#sink = sink;
    this.#limits = limits;
    this.#end = at;
    this.#eventTypes = byNumber(constants.eventTypes, (name) => this.#eventType(name));
    this.#sourceTypes = byNumber(constants.sourceTypes, roleOfSource);
    this.#phases = byNumber(constants.phases, (phase) => phase);
    sink.start(constants);
  }

  /** Events delivered so far. */
  get count(): number {
    return this.#count;
  }

  /** Places where an event was expected so far: those delivered, and those skipped. */
  get seen(): number {
    return this.#count + this.#skipped;
  }

  /** Byte offset of the end of the last whole event; where the events begin if there is none yet. */
  get end(): number {
    return this.#end;
  }

  /** Whether the sink will read the params of the next event, if that is of this type, given as the log's number, and source. */
  wantsParams(type: number, sourceId: number): boolean {
    const { wantsParams, takenOf } = this.#eventTypes[type] ?? this.#unknownType(type);
    return wantsParams && takenOf?.has(sourceId) !== true;
  }

  /** `end`: byte offset just after the event. */
  deliver(raw: RawEvent, end: number): void {
    const index = this.#count++;
    const type = this.#eventTypes[raw.type] ?? this.#noteUnknownType(raw.type, index);
    const phase = this.#phases[raw.phase] ?? this.#noteUnknownPhase(raw.phase, index);
    if (raw.time < this.#previousTime) this.#tally.note('time-backwards', index);
    this.#previousTime = raw.time;
    this.#end = end;
    const time = raw.time as Ticks;
    const sourceType = this.#sourceTypes[raw.sourceType] ?? this.#noteUnknownSourceType(raw.sourceType, index);
    if (!takes(type, raw.sourceId)) return this.#sink.passing?.pass(time, raw.sourceId, raw.startTime as Ticks | undefined);
    const id = unboxed(raw.sourceId);
    const source: EventSource = raw.startTime === undefined ? { id, type: sourceType } : { id, type: sourceType, startTime: unboxed(raw.startTime as Ticks) };
    const { role, logged } = type;
    const params = type.wantsParams ? this.#withinLimits(raw, index) : undefined;
    // Plain literals, not spreads: this runs for every event of a log.
    this.#sink.event(
      params === undefined
        ? { index, time: unboxed(time), type: role, loggedType: logged, phase, source }
        : { index, time: unboxed(time), type: role, loggedType: logged, phase, source, params },
    );
  }

  /** Something that is no event stands at this byte offset. */
  skipMalformed(at: number): void {
    this.#skipped++;
    this.#tally.note('malformed-event', this.#count, at);
  }

  skipTooLong(at: number, limit: number): void {
    this.#skipped++;
    this.#tally.note('value-too-long', this.#count, at, limit);
  }

  diagnostics(): Diagnostic[] {
    return this.#tally.diagnostics();
  }

  #withinLimits({ params, paramsLength }: RawEvent, index: number): EventParams | undefined {
    if (params === undefined || !isBeyond(params, this.#limits, paramsLength)) return params;
    const { deepestParams, longestText } = this.#limits;
    this.#tally.note('params-left-out', index, undefined, `${deepestParams} levels (--max-depth), or hold a text (--max-text) of more than ${longestText}`);
    return undefined;
  }

  #eventType(logged: string): EventType {
    const role = roleOfEvent(logged);
    const taken = this.#sink.passing?.taken.has(role) ?? true;
    const once = taken && this.#sink.passing?.takenOnce?.has(role) === true;
    return { logged, role, taken, wantsParams: taken && (this.#sink.paramsOf?.has(role) ?? true), takenOf: once ? new Set() : undefined };
  }

  #unknownType(type: number): EventType {
    return this.#eventType(unnamedEventType(type));
  }

  #noteUnknownType(type: number, index: number): EventType {
    this.#tally.note('unknown-event-type', index, undefined, type);
    return this.#unknownType(type);
  }

  #noteUnknownSourceType(type: number, index: number): string {
    this.#tally.note('unknown-source-type', index, undefined, type);
    return unnamedSourceType(type);
  }

  #noteUnknownPhase(phase: number, index: number): Phase {
    this.#tally.note('unknown-phase', index, undefined, Number.isNaN(phase) ? 'none' : phase);
    return 'NONE';
  }
}

/**
 * The same number. V8 keeps an integer of 32 bits within the object that has it, and any other number, one from a list of
 * doubles too, in a box of its own: a tenth of the memory that a model takes.
 */
function unboxed<Kind extends number>(value: Kind): Kind {
  const integer = value | 0;
  return integer === value ? (integer as Kind) : value;
}

/** Whether the event goes to the sink's `event`, which then has had one of this type and source. */
function takes({ taken, takenOf }: EventType, sourceId: number): boolean {
  if (takenOf === undefined) return taken;
  if (takenOf.has(sourceId)) return false;
  if (takenOf.size < MOST_REMEMBERED) takenOf.add(sourceId);
  return true;
}
