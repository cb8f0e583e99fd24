/** An order of addresses by measured round-trip times that outweighs RFC 6724, as Apple's clients had it in 2015. */
import type { Millis } from '../../units.ts';

/** What counts as slower. */
const MARGIN: Millis = 25;

/**
 * The same addresses in their order, but those that are known to be more than 25 ms slower than the fastest come last.
 * Nothing is said about one whose round-trip time is unknown.
 */
export function slowerLast(addresses: readonly string[], roundTripTimes: ReadonlyMap<string, Millis>): readonly string[] {
  const fastest = Math.min(...addresses.map((address) => roundTripTimes.get(address) ?? Infinity));
  const isSlower = (address: string): boolean => (roundTripTimes.get(address) ?? 0) > fastest + MARGIN;
  return [...addresses.filter((address) => !isSlower(address)), ...addresses.filter(isSlower)];
}
