/** A race won by 0-RTT with a server that never answered: requests went out, and nobody was there. */
import type { Rule } from '../rule.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { evidenceOf, sessionFinder } from '../subjects/evidence.ts';
import { largest } from '../subjects/extremes.ts';
import { count, duration, list } from '../subjects/words.ts';

/** Long enough for three probe timeouts of a usual path (RFC 9002 section 6.2). */
const SILENCE_MS = 2000;

export const quicZeroRttUnanswered: Rule = {
  id: 'quic.zero_rtt_unanswered',
  title: 'A 0-RTT connection never had an answer',
  severity: 'error',
  threshold: 'A QUIC attempt usable by 0-RTT whose handshake was not finished within 2 s or more, by the end of its session or of the log',
  spec: 'RFC 9001 section 4.6: 0-RTT data is sent before the server is heard; Chromium counts such an attempt as connected and races again only when the session is closed',
  advice: 'Look whether UDP to the address is blocked by now; a client can require a confirmed handshake (require_confirmation) on networks that changed.',
  check(trace) {
    const sessionOf = sessionFinder(trace);
    const dead = pageRaces(trace).flatMap(({ attempts, destination }) =>
      attempts.flatMap((attempt) => {
        if (attempt.transport !== 'quic' || attempt.zeroRtt !== true || attempt.connectedMs !== undefined) return [];
        const session = sessionOf(attempt);
        const waitedMs = (session?.endMs ?? trace.durationMs) - attempt.startMs;
        return waitedMs >= SILENCE_MS ? [{ host: destination?.host ?? 'an unknown host', attempt, waitedMs, requests: session?.requestCount ?? 0 }] : [];
      }),
    );
    if (dead.length === 0) return [];
    const unheard = dead.filter(({ attempt }) => attempt.unansweredMs !== undefined);
    const carried = dead.reduce((sum, one) => sum + one.requests, 0);
    const waitedMs = largest(dead.map((one) => one.waitedMs));
    return [
      {
        detail:
          `${count(dead.length, 'connection')} to ${list(dead.map(({ host }) => host))} (${list(dead.map(({ attempt }) => attempt.ipEndpoint))}) counted as made by 0-RTT and never finished the handshake, in up to ${duration(waitedMs)}; ` +
          `${unheard.length === dead.length ? 'not one packet came back' : `from ${unheard.length} of them not one packet came back`}. ` +
          `${carried === 0 ? 'The log shows no request on them.' : `${count(carried, 'request')} went out on them.`}`,
        numbers: { connections: dead.length, withoutPacket: unheard.length, requests: carried, waitedMs },
        evidence: evidenceOf(dead.map(({ attempt }) => attempt)),
      },
    ];
  },
};
