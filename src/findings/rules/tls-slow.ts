/** TLS handshakes that end well, but take many times what the TCP handshake of the same connection took. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { count, duration, list } from '../subjects/words.ts';

const SLOW_MS = 500;
/** TLS 1.3 needs one round trip, TLS 1.2 two, as against one of TCP. */
const TIMES_TCP = 5;

export const tlsSlow: Rule = {
  id: 'tls.slow',
  title: 'TLS handshakes take many times as long as TCP handshakes',
  severity: 'warning',
  threshold: 'A TLS handshake over TCP takes 500 ms or more and five times as long as the TCP handshake before it, the winner of its race',
  spec: 'draft-ietf-happy-happyeyeballs-v3 section 6.1: other attempts should be kept until TLS is done; Chromium starts no other attempt while TLS is slow',
  advice: 'Look at the server’s load and at certificate checks (OCSP, client certificates), and for a middlebox that answers TCP itself and fetches the rest later.',
  check(trace) {
    const slow = pageRaces(trace).flatMap(({ attempts, destination, proxy }) =>
      attempts.flatMap((attempt) => {
        const { transport, outcome, startMs, connectedMs, secureStartMs, endMs } = attempt;
        // Through a proxy TCP ends there, and TLS at the host behind it.
        if (transport !== 'tcp' || outcome !== 'won' || connectedMs === undefined || secureStartMs === undefined || endMs === undefined || proxy !== undefined) return [];
        const [tcpMs, tlsMs] = [connectedMs - startMs, endMs - secureStartMs];
        return tlsMs >= SLOW_MS && tlsMs >= TIMES_TCP * tcpMs ? [{ host: destination?.host ?? 'an unknown host', attempt, tcpMs, tlsMs }] : [];
      }),
    );
    const worst = slow.toSorted((a, b) => b.tlsMs - a.tlsMs)[0];
    if (worst === undefined) return [];
    return [
      {
        detail: `${count(slow.length, 'handshake')} with ${list(slow.map(({ host }) => host))}: up to ${duration(worst.tlsMs)}, after ${duration(worst.tcpMs)} for TCP.`,
        numbers: { handshakes: slow.length, tlsMs: worst.tlsMs, tcpMs: worst.tcpMs },
        evidence: evidenceOf(slow.map(({ attempt }) => attempt)),
      },
    ];
  },
};
