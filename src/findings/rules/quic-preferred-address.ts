/** Addresses that HTTP/3 servers prefer and that clients cannot reach, or cannot use. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, list } from '../subjects/words.ts';

export const quicPreferredAddress: Rule = {
  id: 'quic.preferred_address_unused',
  title: 'A server’s preferred address cannot be used',
  severity: 'warning',
  threshold: 'A server’s preferred address failed validation; told as info if it was never tried',
  spec: 'RFC 9000 section 9.6: a client that cannot validate the preferred address stays on the old one. Chromium uses the address of the running connection’s family only',
  advice: 'Make the address reachable from clients (firewall, anycast against unicast), and offer one for each family that the server answers on.',
  check(trace) {
    const unused = trace.sessions.flatMap((session) =>
      session.migrations
        .filter(({ cause, outcome }) => cause === 'server-preferred-address' && outcome !== 'migrated')
        .map((migration) => ({ session, migration })),
    );
    const failed = unused.filter(({ migration }) => migration.outcome === 'validation-failed');
    const told = failed.length > 0 ? failed : unused.filter(({ migration }) => migration.outcome === 'not-tried');
    if (told.length === 0) return [];
    return [
      {
        ...(failed.length > 0 ? {} : { severity: 'info' as const, title: 'A server’s preferred address was not tried' }),
        detail:
          `${count(told.length, 'connection')} to ${list(told.flatMap(({ session }) => session.hosts))}, offered ${list(told.flatMap(({ migration }) => migration.to ?? []))}: ` +
          `${list(told.map(({ migration: { outcome, reason } }) => (reason === undefined ? outcome : `${outcome} (${reason})`)))}. Requests went on over the old address.`,
        numbers: { connections: told.length },
        evidence: evidenceOf(told.map(({ session }) => session)),
      },
    ];
  },
};
