/** Chromium 156 with HappyEyeballsV3, its HttpStreamPool. Certain: from its sources and from recordings. */
import { DRAFT_V3 } from './draft-v3.ts';
import type { Parameters } from './parameters.ts';

export const CHROMIUM_HEV3: Parameters = {
  ...DRAFT_V3,
  waitsFor: 'preferred-family',
  resolutionDelayStartsAt: 'first-ipv4-addresses',
  familyOrder: 'preferred-first',
  preferredAddressFamilyCount: Infinity,
  policyTable: 'rfc6724',
  addressHistory: 'unused',
  plan: 'quic-beside-tcp',
  tcpHeldBackMs: 300,
  quicAfterTcpWonUntilMs: 250,
  attemptTimeoutMs: 60_000,
  originFrames: 'over-quic',
  skipDnsWithOriginFrame: true,
  followUps: false,
  useAddressHints: false,
  keepHintsOnNegative: false,
  withoutRecord: 'unless-ech',
  cryptoWaitsForHttpsRecords: true,
  trustsProtectedDns: false,
  dnsTask: 'as-a-whole',
  dnsDrainMs: 0,
  queriesAForNat64: false,
};
