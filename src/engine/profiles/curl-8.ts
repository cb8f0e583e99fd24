/**
 * curl 8 of August 2026 with its own resolver: IPv6 and IPv4 by turns, 200 ms apart, 25 ms for AAAA and HTTPS records
 * to follow A. From its sources and pull requests; that the latter are all in a release is not certain.
 *
 * Left out: `--http3`, whose head start over TCP depends on whether QUIC got a byte at all, and that `http` URLs ask for no
 * HTTPS record.
 */
import { DRAFT_V3 } from './draft-v3.ts';
import type { Parameters } from './parameters.ts';

export const CURL_8: Parameters = {
  ...DRAFT_V3,
  resolutionDelayMs: 25,
  familyOrder: 'preferred-first',
  policyTable: 'rfc6724',
  addressHistory: 'unused',
  connectionAttemptDelayMs: 200,
  minimumConnectionAttemptDelayMs: 10,
  tcpWinsAt: 'tcp-handshake',
  quic: false,
  followUps: false,
  useAddressHints: false,
  ech: false,
  trustsProtectedDns: false,
  dnsDrainMs: 0,
  queriesAForNat64: false,
};
