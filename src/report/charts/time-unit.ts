/** The unit of a time axis: milliseconds as long as they are few, then seconds. */

export interface TimeUnit {
  readonly name: 'ms' | 's';
  readonly of: (ms: number) => number;
}

const MILLISECONDS: TimeUnit = { name: 'ms', of: (ms) => ms };
const SECONDS: TimeUnit = { name: 's', of: (ms) => ms / 1000 };

export function timeUnit(greatestMs: number): TimeUnit {
  return greatestMs < 10_000 ? MILLISECONDS : SECONDS;
}
