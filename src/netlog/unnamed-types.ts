/**
 * Names for the types that a log uses but its constants do not name. They are made of the numbers,
 * so that whoever writes the log again gets the numbers back.
 */

export function unnamedEventType(number: number): string {
  return `UNKNOWN_EVENT_TYPE_${number}`;
}

export function unnamedSourceType(number: number): string {
  return `UNKNOWN_SOURCE_TYPE_${number}`;
}

/** The number in such a name; `undefined` for every other name. */
export function numberOfUnnamed(name: string): number | undefined {
  const digits = /^UNKNOWN_(?:EVENT|SOURCE)_TYPE_(-?\d+)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
