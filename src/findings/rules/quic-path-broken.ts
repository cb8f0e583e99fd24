/** Live HTTP/3 connections whose path died: what Chromium notices as a degrading path, and moves to another port. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, list } from '../subjects/words.ts';

export const quicPathBroken: Rule = {
  id: 'quic.path_broken',
  title: 'The path of a live HTTP/3 connection broke',
  severity: 'warning',
  threshold: 'A migration because the path degrades or the network changed, whatever came of it',
  spec: 'RFC 9000 section 9: a client may move to another path after validating it. Chromium tries a new local port when several probes go unanswered',
  advice: 'If the new port works, a NAT or firewall dropped the old UDP flow (raise its timeout); if it does not, all UDP to that server was lost.',
  check(trace) {
    const moved = trace.sessions.flatMap((session) =>
      session.migrations.filter(({ cause }) => cause !== 'server-preferred-address').map((migration) => ({ session, migration })),
    );
    if (moved.length === 0) return [];
    const failed = moved.filter(({ migration }) => migration.outcome !== 'migrated');
    return [
      {
        detail:
          `${count(moved.length, 'migration')} on connections to ${list(moved.flatMap(({ session }) => session.hosts))}: ` +
          `${list(moved.map(({ migration: { cause, outcome, reason } }) => `${cause}, ${outcome}${reason === undefined ? '' : ` (${reason})`}`))}.`,
        numbers: { migrations: moved.length, failed: failed.length },
        evidence: evidenceOf(moved.map(({ session }) => session)),
      },
    ];
  },
};
