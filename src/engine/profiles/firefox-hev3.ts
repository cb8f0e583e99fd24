/**
 * Firefox Nightly of 2026: as the draft, with an attempt delay of 50 ms that doubles for each attempt in flight, DNS
 * order instead of RFC 6724's history rules, and no notion of protected DNS or NAT64. Hints wait for the resolution
 * delay, and neither failures nor TargetNames meet a limit. Stated by its makers.
 */
import { DRAFT_V3 } from './draft-v3.ts';
import type { Parameters } from './parameters.ts';

export const FIREFOX_HEV3: Parameters = {
  ...DRAFT_V3,
  resolutionDelayStartsAt: 'first-answer',
  hintsAtGate: 'start-delay',
  afterFailure: 'at-once',
  targetLimit: Infinity,
  addressHistory: 'unused',
  connectionAttemptDelayMs: 50,
  minimumConnectionAttemptDelayMs: 10,
  connectionAttemptDelayMultiplier: 2,
  trustsProtectedDns: false,
  queriesAForNat64: false,
};
