/**
 * Apple's Network framework and Safari 17: every address, the attempt delay from past round trips. Measured from
 * outside (IMC 2025) and stated by its makers, who give no formula.
 *
 * The delay is the time of a whole TCP and TLS 1.3 connect, two round trips, within 50 ms and 2 s (1 s on phones).
 * An unknown path gets the longest: measurements in a lab found it near 2 s.
 */
import { DRAFT_V3 } from './draft-v3.ts';
import type { Parameters } from './parameters.ts';

export const APPLE: Parameters = {
  ...DRAFT_V3,
  connectionAttemptDelayMs: 2000,
  connectionAttemptDelayRoundTrips: 2,
  minimumConnectionAttemptDelayMs: 50,
};
