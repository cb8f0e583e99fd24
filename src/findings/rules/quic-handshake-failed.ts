/** QUIC handshakes that were answered and failed, other than for ECH or a certificate. */
import type { Rule } from '../rule.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { evidenceOf, sessionFinder } from '../subjects/evidence.ts';
import { isCertificateError, isEchError } from '../subjects/tls-errors.ts';
import { count, list } from '../subjects/words.ts';

/** A silent handshake is given up after 4 s; a rejection comes within round trips. */
const PATIENCE_MS = 2000;

/** An ICMP message came back instead of QUIC. */
const UNHEARD = /ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE/;

export const quicHandshakeFailed: Rule = {
  id: 'quic.handshake_failed',
  title: 'QUIC handshakes fail',
  severity: 'warning',
  threshold: 'A QUIC attempt ends in ERR_QUIC_PROTOCOL_ERROR or ERR_QUIC_HANDSHAKE_FAILED within 2 s, and not over ECH or a certificate',
  spec: 'RFC 9001 section 4.8: a TLS alert ends the connection; Chromium marks the alternative service broken if TCP then works',
  advice: 'Compare the TLS settings of the QUIC server with those of the TCP server: certificate, protocol versions, ALPN.',
  check(trace) {
    const sessionOf = sessionFinder(trace);
    const failed = pageRaces(trace).flatMap(({ attempts, destination }) =>
      attempts.flatMap((attempt) => {
        const { transport, outcome, netError, startMs, endMs = Number.POSITIVE_INFINITY, connectedMs } = attempt;
        if (transport !== 'quic' || outcome !== 'failed' || connectedMs !== undefined || endMs - startMs >= PATIENCE_MS) return [];
        if (netError?.code !== -356 && netError?.code !== -358) return [];
        const session = sessionOf(attempt);
        const reason = session?.closeReason ?? netError.name;
        return isEchError(netError.code) || /ECH|CERTIFICATE/i.test(reason) || isCertificateError(netError.code)
          ? []
          : [{ host: destination?.host ?? 'an unknown host', attempt, reason }];
      }),
    );
    if (failed.length === 0) return [];
    return [
      {
        ...(failed.every(({ reason }) => UNHEARD.test(reason)) ? { title: 'QUIC is rejected: nobody listens on the UDP port, or a firewall says so' } : {}),
        detail: `${count(failed.length, 'QUIC handshake')} with ${list(failed.map(({ host }) => host))}: ${list(failed.map(({ reason }) => reason))}.`,
        numbers: { handshakes: failed.length },
        evidence: evidenceOf(failed.map(({ attempt }) => attempt)),
      },
    ];
  },
};
