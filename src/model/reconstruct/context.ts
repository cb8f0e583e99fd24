/** What every reconstruction needs: the trace's clock, names of errors, and how evidence is put together. */
import type { LogConstants } from '../../netlog/event.ts';
import { type Millis, type Ticks, millisBetween, wholeMicros } from '../../units.ts';
import type { Evidence, NetError } from '../common.ts';
import type { Moment } from '../handlers/handler.ts';

export interface Stamp {
  readonly time: Ticks;
}

export interface Context {
  /** Milliseconds from the first event; microsecond stamps keep three decimals. */
  at(moment: Stamp): Millis;
  /** The time from one moment to another. */
  between(from: Stamp, to: Stamp): Millis;
  netError(code: number): NetError;
  /** The last event: up to where what has no end was seen to go on. */
  readonly logEnd: Stamp;
}

export function createContext(origin: Ticks, logEnd: Ticks, constants: LogConstants): Context {
  return {
    at: ({ time }) => wholeMicros(millisBetween(origin, time)),
    between: (from, to) => wholeMicros(millisBetween(from.time, to.time)),
    logEnd: { time: logEnd },
    netError: (code) => ({ code, name: constants.netErrors.get(code) ?? (code === 0 ? 'OK' : `ERR_${-code}`) }),
  };
}

export function evidenceOf(sourceIds: Iterable<number | undefined>, moments: Iterable<Moment | undefined>): Evidence {
  const ids: number[] = [];
  for (const id of sourceIds) if (id !== undefined) ids.push(id);
  const indices: number[] = [];
  for (const moment of moments) if (moment !== undefined) indices.push(moment.index);
  return { sourceIds: distinct(ids), eventIndices: distinct(indices).toSorted((a, b) => a - b) };
}

/** Most lists are of one or two: for those a set would cost more than what is in it. */
function distinct(values: readonly number[]): number[] {
  return values.length <= 8 ? values.filter((value, i) => values.indexOf(value) === i) : [...new Set(values)];
}

/** Order of two moments: time first, then place in the log. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.time - b.time || a.index - b.index;
}

export function earliest(moments: Iterable<Moment | undefined>): Moment | undefined {
  let found: Moment | undefined;
  for (const moment of moments) if (moment !== undefined && (found === undefined || compareMoments(moment, found) < 0)) found = moment;
  return found;
}

export function latest(moments: Iterable<Moment | undefined>): Moment | undefined {
  let found: Moment | undefined;
  for (const moment of moments) if (moment !== undefined && (found === undefined || compareMoments(moment, found) > 0)) found = moment;
  return found;
}

/** The net error of everything that was cancelled. */
export const ABORTED = -3;
