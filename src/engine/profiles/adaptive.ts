/**
 * Our own: as the draft, but for what it waits for and how long, which follow what the network has shown. `docs/adaptive.md`
 * says why, with figures.
 */
import { DRAFT_V3 } from './draft-v3.ts';
import type { Parameters } from './parameters.ts';

export const ADAPTIVE: Parameters = {
  ...DRAFT_V3,
  waitsFor: 'preferred-family',
  resolutionDelayMs: 25,
  connectionAttemptDelayMs: 50,
  connectionAttemptDelayAfterQuicMs: 60,
  connectionAttemptDelayFactorWithinFamily: 8,
  connectionAttemptDelayRoundTrips: 1.5,
  unknownPaths: 'as-known-ones',
  minimumConnectionAttemptDelayMs: 50,
  maximumConnectionAttemptDelayMs: 500,
  connectionAttemptDelayMultiplier: 2,
  protocolOrder: 'by-address',
  onNewAnswer: 'quic-at-once',
  skipDnsWithOriginFrame: true,
};
