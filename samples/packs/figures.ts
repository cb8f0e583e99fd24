/** What packs count in the requests of a client. */
import type { PackRequest } from './pack.ts';

/** Share of those that fit, in percent; `undefined` of none. */
export function percentOf<Row>(rows: readonly Row[], fits: (row: Row) => boolean): number | undefined {
  return rows.length === 0 ? undefined : (100 * rows.filter(fits).length) / rows.length;
}

/** Quantile of type 7; `undefined` of none. Values may be infinite. */
export function quantileOf(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined || low === high) return low;
  return low + (high - low) * (place - Math.floor(place));
}

/** From the beginning of a request to its connection, in ms; `Infinity` where there was none. */
export function connectTimes(requests: readonly PackRequest[]): readonly number[] {
  return requests.map(({ outcome }) => outcome.connection?.afterMs ?? Infinity);
}

/** Connection attempts started in all races together. */
export function attemptsIn(requests: readonly PackRequest[]): number {
  return [...new Set(requests.flatMap(({ outcome }) => outcome.race ?? []))].reduce((sum, { started }) => sum + started, 0);
}

/** Those for which a connection was made. */
export function connected(requests: readonly PackRequest[]): readonly PackRequest[] {
  return requests.filter(({ outcome }) => outcome.connection !== undefined && !outcome.connection.reused);
}
