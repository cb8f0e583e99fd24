/**
 * Apple's iOS 9 and OS X 10.11: a resolution delay of 25 ms, and an address known to be 25 ms slower than another
 * comes after it, whatever its family. Stated by its makers in 2015.
 *
 * The attempt delay is about a SYN's retransmission: three round trips, as RFC 6298 has it after the first
 * measurement, and 1 s on an unknown path.
 */
import type { Parameters } from './parameters.ts';
import { RFC8305 } from './rfc8305.ts';

export const APPLE_2015: Parameters = {
  ...RFC8305,
  resolutionDelayMs: 25,
  addressHistory: 'slower-last',
  connectionAttemptDelayMs: 1000,
  connectionAttemptDelayRoundTrips: 3,
};
