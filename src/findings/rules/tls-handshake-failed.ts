/** TLS handshakes broken off: alerts, resets and closes after TCP had connected. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { isHandshakeError } from '../subjects/tls-errors.ts';
import { count, list } from '../subjects/words.ts';

export const tlsHandshakeFailed: Rule = {
  id: 'tls.handshake_failed',
  title: 'TLS handshakes break off',
  severity: 'error',
  threshold: 'An attempt fails after its TLS handshake began, other than over ECH or a certificate; a warning if a later attempt of the race won',
  spec: 'RFC 8446 section 6: a fatal alert or a close ends the handshake',
  advice: 'A reset right after the ClientHello, at some names only, points to a middlebox that reads the server name; an alert, to the server’s own settings.',
  check(trace) {
    const failed = pageRaces(trace).flatMap((race) =>
      race.attempts.flatMap((attempt) => {
        const { outcome, secureStartMs, netError } = attempt;
        if (outcome !== 'failed' || secureStartMs === undefined || netError === undefined || !isHandshakeError(netError.code)) return [];
        return [{ host: race.destination?.host ?? 'an unknown host', won: race.winner !== undefined, attempt, error: netError.name }];
      }),
    );
    if (failed.length === 0) return [];
    return [
      {
        ...(failed.every(({ won }) => won) ? { severity: 'warning' as const } : {}),
        detail: `${count(failed.length, 'handshake')} with ${list(failed.map(({ host }) => host))} (${list(failed.map(({ attempt }) => attempt.ipEndpoint))}): ${list(failed.map(({ error }) => error))}.`,
        numbers: { handshakes: failed.length },
        evidence: evidenceOf(failed.map(({ attempt }) => attempt)),
      },
    ];
  },
};
