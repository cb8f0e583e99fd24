/**
 * What became of Encrypted Client Hello in one handshake (RFC 9849).
 *
 * A server that does not accept it proves its public name at best, and the client breaks off (section 6.1.6): a
 * handshake over QUIC that was completed with ECH has had it accepted, though no event says so.
 */
import type { QuicSessionRecord } from '../handlers/quic-sessions.ts';
import type { TlsHandshake } from '../handlers/sockets.ts';
import type { Attempt } from '../race.ts';

export type Ech = NonNullable<Attempt['ech']>;

/** ERR_ECH_NOT_NEGOTIATED; ERR_ECH_FALLBACK_CERTIFICATE_INVALID: nor could it prove its public name. */
const REJECTED = new Set([-183, -184]);
/** ERR_INVALID_ECH_CONFIG_LIST: nothing could be offered. */
const INVALID = -182;

/** `undefined` while nothing is decided, and of logs before about Chrome 105, which do not say. */
export function echOfTls(handshake: TlsHandshake | undefined): Ech | undefined {
  if (handshake === undefined) return undefined;
  const { ech, echOffered, netError } = handshake;
  if (netError === INVALID) return 'invalid';
  if (netError !== undefined && REJECTED.has(netError)) return 'rejected';
  if (ech === true) return 'accepted';
  if (echOffered === true) return ech === false ? 'rejected' : 'offered';
  return ech === false ? 'not-offered' : undefined;
}

/** `undefined` of a session whose beginning the log has lost. */
export function echOfQuic(session: QuicSessionRecord | undefined): Ech | undefined {
  if (session?.begun !== true) return undefined;
  if (session.echOffered !== true) return 'not-offered';
  if (session.handshakeComplete !== undefined) return 'accepted';
  return session.closed?.details?.includes('ECH_REJECTED') === true ? 'rejected' : 'offered';
}
