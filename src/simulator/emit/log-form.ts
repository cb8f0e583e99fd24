/**
 * In which of Chromium's forms a simulation is logged: each is what one generation of its connecting code writes, and
 * holds what a client does only so far.
 */
import type { Parameters } from '../../engine/profiles/parameters.ts';

/** `pool`: HttpStreamPool (HEv3). The others: socket pools with TcpConnectJob (HEv2) or TransportConnectJob (legacy). */
export type LogForm = 'pool' | 'tcp-connect-job' | 'transport-connect-job';

/**
 * Chromium's own profiles take the form of their code. Of the others, those with HTTPS records or QUIC take the pool's:
 * it alone shows answers that come while attempts run, secure handshakes that wait for them, and QUIC to several
 * addresses. Those with addresses alone take TransportConnectJob's: its attempts bear no connector's name, so that any
 * number of them may run side by side (RFC 8305, aiohttp), one replace another (Node.js), or one for each family run
 * (Go, RFC 6555), where TcpConnectJob has two connectors of one attempt each.
 */
export function logFormOf({ plan, preferredAddressFamilyCount, httpsRecords, quic }: Parameters): LogForm {
  switch (plan) {
    case 'quic-beside-tcp':
      return 'pool';
    case 'quic-beside-two-connectors':
      // What tells the two apart: the older one's first chain takes one family after the other.
      return preferredAddressFamilyCount === Infinity ? 'transport-connect-job' : 'tcp-connect-job';
    case 'one-list':
    case 'abandon-slow':
    case 'two-lists':
    case 'one-at-a-time':
      return httpsRecords || quic ? 'pool' : 'transport-connect-job';
  }
}
