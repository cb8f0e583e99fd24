/** New connections to hosts that an open session's certificate covered: only the address differed. */
import type { Rule } from '../rule.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, list } from '../subjects/words.ts';

export const sessionAvoidable: Rule = {
  id: 'session.avoidable',
  title: 'New connections where an open HTTP/3 session had the right certificate',
  severity: 'info',
  threshold: 'A race connected anew while the QUIC session pool refused an open session for its address alone',
  spec: 'RFC 9114 section 3.3 lets a connection serve any host of its certificate; Chromium asks for the same address too, unless the server lists the host in an ORIGIN frame (RFC 9412)',
  advice: 'Send an ORIGIN frame that lists the hosts the server answers for, or give the hosts the same addresses.',
  check(trace) {
    const connected = pageRaces(trace).filter(({ winner }) => winner !== undefined);
    const avoidable = connected.filter((race) => race.avoidable === true);
    if (avoidable.length === 0) return [];
    return [
      {
        detail: `${avoidable.length} of ${count(connected.length, 'connection')}: to ${list(avoidable.map(({ destination }) => destination?.host ?? 'an unknown host'))}.`,
        numbers: { connections: connected.length, avoidable: avoidable.length },
        evidence: evidenceOf(avoidable),
      },
    ];
  },
};
