/** QUIC is answered, but far later than TCP with TLS in the same race. */
import type { Attempt } from '../../model/race.ts';
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { count, duration, list } from '../subjects/words.ts';
import { smallest } from '../subjects/extremes.ts';

/** Beyond what a first Initial that is answered on its retransmission costs on a short path. */
const SLOW_MS = 300;

export const quicSlow: Rule = {
  id: 'quic.slow',
  title: 'QUIC is much slower than TCP',
  severity: 'warning',
  threshold: 'A QUIC handshake takes 300 ms or more and three times as long as TCP and TLS together in the same race',
  spec: 'RFC 9000 section 1 and RFC 8446 section 2: QUIC needs one round trip until requests can go, TCP with TLS 1.3 two',
  advice: 'Look for shaping or policing of UDP on the way, and for a server that loses or defers first packets (Initial packets answered only when repeated).',
  check(trace) {
    const slow = pageRaces(trace).flatMap((race) => {
      const tcp = smallest(race.attempts.filter(({ transport }) => transport === 'tcp').flatMap(usableAfter));
      const quic = race.attempts.filter((attempt) => attempt.transport === 'quic' && attempt.zeroRtt !== true);
      return quic.flatMap((attempt) => {
        const took = (attempt.connectedMs ?? Number.NaN) - attempt.startMs;
        return took >= SLOW_MS && took >= 3 * tcp ? [{ host: race.destination?.host ?? 'an unknown host', attempt, took, tcp }] : [];
      });
    });
    const worst = slow.toSorted((a, b) => b.took - a.took)[0];
    if (worst === undefined) return [];
    return [
      {
        detail: `${count(slow.length, 'QUIC handshake')} with ${list(slow.map(({ host }) => host))}: up to ${duration(worst.took)}, where TCP and TLS took ${duration(worst.tcp)}.`,
        numbers: { handshakes: slow.length, quicMs: worst.took, tcpMs: worst.tcp },
        evidence: evidenceOf(slow.map(({ attempt }) => attempt)),
      },
    ];
  },
};

function usableAfter({ outcome, startMs, endMs }: Attempt): number[] {
  return (outcome === 'won' || outcome === 'spare') && endMs !== undefined ? [endMs - startMs] : [];
}
