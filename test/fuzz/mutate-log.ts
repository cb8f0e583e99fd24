/** Mutations that know what a log is: events moved, doubled, dropped, mixed, and values replaced by worse ones. */
import type { Random } from './random.ts';
import type { LogValue } from './seed-logs.ts';

type JsonRecord = Record<string, unknown>;

/** A log of `start`, mutated up to a few times; `other` is what gets mixed in. */
export function mutateLog(start: LogValue, other: LogValue, random: Random): LogValue {
  let log = start;
  for (let i = random.below(4); i > 0; i--) log = random.pick(MUTATIONS)(log, other, random);
  return log;
}

type Mutation = (log: LogValue, other: LogValue, random: Random) => LogValue;

const MUTATIONS: readonly Mutation[] = [
  dropped,
  repeated,
  swapped,
  interleaved,
  onEvent(replacedAnywhere),
  onEvent(replacedAnywhere),
  onEvent(replacedInHeader),
  onEvent(retargeted),
  onEvent(rekeyed),
  onConstants(replacedAnywhere),
];

function stretch(log: LogValue, random: Random): [from: number, to: number] {
  const from = random.below(log.events.length);
  return [from, from + 1 + random.below(6)];
}

function dropped(log: LogValue, _: LogValue, random: Random): LogValue {
  const [from, to] = stretch(log, random);
  return { ...log, events: [...log.events.slice(0, from), ...log.events.slice(to)] };
}

function repeated(log: LogValue, _: LogValue, random: Random): LogValue {
  const [from, to] = stretch(log, random);
  const block = log.events.slice(from, to);
  const times = Array.from({ length: 1 + random.below(4) }, () => block).flat();
  return { ...log, events: log.events.toSpliced(random.below(log.events.length), 0, ...times) };
}

function swapped(log: LogValue, _: LogValue, random: Random): LogValue {
  if (log.events.length === 0) return log;
  const [i, j] = [random.below(log.events.length), random.below(log.events.length)];
  return { ...log, events: log.events.with(i, log.events[j]).with(j, log.events[i]) };
}

/** Two writers, one file: the other's events have numbers of another table. */
function interleaved(log: LogValue, other: LogValue, random: Random): LogValue {
  const mixed = log.events.flatMap((event, i) => (random.once(2) && i < other.events.length ? [event, other.events[i]] : [event]));
  return { ...log, events: mixed };
}

type Change = (event: unknown, log: LogValue, random: Random) => unknown;

function onEvent(change: Change): Mutation {
  return (log, _, random) => {
    if (log.events.length === 0) return log;
    const i = random.below(log.events.length);
    return { ...log, events: log.events.with(i, change(structuredClone(log.events[i]), log, random)) };
  };
}

function onConstants(change: Change): Mutation {
  return (log, _, random) => ({ ...log, constants: change(structuredClone(log.constants), log, random) });
}

/** Every place in a value that can be written to. */
function placesIn(value: unknown, found: [holder: JsonRecord, key: string][] = []): [JsonRecord, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    found.push([value as JsonRecord, key]);
    placesIn(inner, found);
  }
  return found;
}

function replacedAnywhere(value: unknown, _: LogValue, random: Random): unknown {
  const places = placesIn(value);
  if (places.length === 0 || random.once(50)) return worse(value, random);
  const [holder, key] = random.pick(places);
  set(holder, key, worse(holder[key], random));
  return value;
}

const HEADER = ['time', 'type', 'phase', 'source', 'params'];

function replacedInHeader(event: unknown, log: LogValue, random: Random): unknown {
  if (!isRecord(event)) return event;
  const key = random.pick(HEADER);
  const donor = random.pick(log.events);
  if (random.once(2) && isRecord(donor)) event[key] = structuredClone(donor[key]);
  else if (random.once(3)) delete event[key];
  else event[key] = worse(event[key], random);
  return event;
}

/** Makes the event depend on any source, itself included: chains, cycles, wrong kinds. */
function retargeted(event: unknown, log: LogValue, random: Random): unknown {
  const donor = random.pick(log.events);
  if (!isRecord(event) || !isRecord(donor)) return event;
  const source = donor['source'];
  if (random.once(2)) return { ...event, source };
  const params = isRecord(event['params']) ? event['params'] : {};
  return { ...event, params: { ...params, source_dependency: source } };
}

/** A key takes another key's name, or one that means something to JavaScript. */
function rekeyed(event: unknown, _: LogValue, random: Random): unknown {
  const places = placesIn(event);
  if (places.length === 0) return event;
  const [holder, key] = random.pick(places);
  set(holder, random.pick([...KEYS, ...places.map(([, other]) => other)]), holder[key]);
  return event;
}

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', 'length', 'params', 'source', 'events', 'constants'];

const STRINGS = [
  '', ' ', '0', '-1', 'NaN', 'Infinity', '1e400', '\u0000', '\u001b[31m', '\u001b]0;x\u0007', '\u202e', '\ud800', '</script>', '=1+1', '../../etc/passwd',
  '__proto__', 'https://user:secret@host.test:99999/', '[::1]:443', '[::', '::ffff:1.2.3.4', '999.1.1.1:80', 'a:b:c:d', 'https://[', 'host.test:0', '<a/b>', 'ssl/',
  `${'a.'.repeat(300)}test`, '`'.repeat(99), '"},{"phase":0', '\\', '\\u0000', '}\n{', '\u2028', '😀', 'HTTP/1.1 200', 'AQAAAQ==', 'AQ', '%', '[direct://, PROXY x]',
];

const NUMBERS = [0, -0, -1, 1, 2, 3, 255, 65_535, 65_536, 4_294_967_296, -2_147_483_648, 9_007_199_254_740_991, 9_007_199_254_740_992, 1e21, 1e300, -1e300, 0.1, -3, -102, 5e-324];

function worse(value: unknown, random: Random): unknown {
  switch (random.below(9)) {
    case 0: return random.pick(STRINGS);
    case 1: return random.pick(NUMBERS);
    case 2: return random.pick([null, true, false, [], {}, [[]], [null], [{}]]);
    case 3: return [value, value];
    case 4: return { value };
    case 5: return JSON.stringify(value) ?? '';
    case 6: return nested(value, 1 << random.below(10), random);
    case 7: return typeof value === 'number' ? value + random.pick([-1, 1, 1e6, -1e6]) : `${typeof value === 'string' ? value : ''}${random.pick(STRINGS)}`;
    default: return { source_dependency: value, ...(isRecord(value) ? value : {}) };
  }
}

function nested(value: unknown, depth: number, random: Random): unknown {
  let inner = value;
  const isList = random.once(2);
  for (let i = 0; i < depth; i++) inner = isList ? [inner] : { a: inner };
  return inner;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property, whatever its name. */
function set(holder: JsonRecord, key: string, value: unknown): void {
  if (Array.isArray(holder) && key === 'length') return;
  Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}
