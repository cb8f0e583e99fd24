/** RFC 8305 with the values of its §8: AAAA and A, TCP alone. Certain: the text itself. */
import { DRAFT_V3 } from './draft-v3.ts';
import type { Parameters } from './parameters.ts';

export const RFC8305: Parameters = {
  ...DRAFT_V3,
  waitsFor: 'preferred-family',
  policyTable: 'rfc6724',
  tcpWinsAt: 'tcp-handshake',
  quic: false,
  httpsRecords: false,
  followUps: false,
  useAddressHints: false,
  ech: false,
  trustsProtectedDns: false,
  queriesAForNat64: false,
};
