/** ECH in one handshake, told from what Chromium logs of it (RFC 9849 section 6.1). */
import { describe, expect, it } from 'vitest';
import type { QuicSessionRecord } from '../../../src/model/handlers/quic-sessions.ts';
import type { TlsHandshake } from '../../../src/model/handlers/sockets.ts';
import { echOfQuic, echOfTls } from '../../../src/model/reconstruct/ech.ts';
import type { Ticks } from '../../../src/units.ts';

const at = { time: 0 as Ticks, index: 0 };

describe('over TLS', () => {
  it.each<[string, Partial<TlsHandshake>, string | undefined]>([
    ['accepted, as the end of the handshake says', { echOffered: true, ech: true }, 'accepted'],
    ['rejected: ERR_ECH_NOT_NEGOTIATED', { echOffered: true, netError: -183 }, 'rejected'],
    ['rejected by one who is not who it says either', { echOffered: true, netError: -184 }, 'rejected'],
    ['invalid: ERR_INVALID_ECH_CONFIG_LIST', { netError: -182 }, 'invalid'],
    ['offered, and given up before the answer', { echOffered: true }, 'offered'],
    ['not offered', { ech: false }, 'not-offered'],
    ['not told by a log that does not know of it', {}, undefined],
  ])('%s', (_what, handshake, expected) => {
    expect(echOfTls({ start: at, ...handshake })).toBe(expected);
  });

  it('nothing without a handshake', () => {
    expect(echOfTls(undefined)).toBeUndefined();
  });
});

describe('over QUIC', () => {
  const session: QuicSessionRecord = { id: 1, start: at, begun: true, sentZeroRtt: false, heard: false, requestCount: 0, migrations: [], migrating: [] };

  it.each<[string, Partial<QuicSessionRecord>, string | undefined]>([
    ['accepted, since a rejected handshake never completes', { echOffered: true, handshakeComplete: at }, 'accepted'],
    ['rejected', { echOffered: true, closed: { at, quicError: 28, details: 'TLS handshake failure 121: ECH required. OPENSSL_internal:ECH_REJECTED' } }, 'rejected'],
    ['offered, and never answered', { echOffered: true, closed: { at, quicError: 67, details: 'timed out' } }, 'offered'],
    ['not offered', { echOffered: false }, 'not-offered'],
    ['not told where the head of the log is lost', { begun: false, echOffered: undefined }, undefined],
  ])('%s', (_what, parts, expected) => {
    expect(echOfQuic({ ...session, ...parts })).toBe(expected);
  });
});
