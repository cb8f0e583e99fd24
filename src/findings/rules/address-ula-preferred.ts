/** Unique local IPv6 addresses that are tried before IPv4, against the order of RFC 6724. */
import { familyOf } from '../../address.ts';
import type { Attempt } from '../../model/race.ts';
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { reachOf } from '../subjects/reach.ts';
import { count, list } from '../subjects/words.ts';

/** fc00::/7 */
const UNIQUE_LOCAL = /^\[f[cd][0-9a-f]{2}:/i;

export const addressUlaPreferred: Rule = {
  id: 'address.ula_preferred',
  title: 'Unique local IPv6 addresses are tried before IPv4',
  severity: 'info',
  threshold: 'A race to a name with IPv4 addresses begins with an fc00::/7 address; a warning if that address did not answer',
  spec: 'RFC 6724 section 2.1: the policy table puts fc00::/7 (precedence 3) behind IPv4 (35), unless a local prefix is known',
  advice: 'Keep unique local addresses out of public DNS; inside, make sure that every client that sees them has a route to them.',
  check(trace) {
    const withIpv4 = new Set(trace.resolutions.filter(({ addresses }) => addresses.some((address) => familyOf(address) === 'ipv4')).map(({ id }) => id));
    const first = pageRaces(trace).flatMap((race): { host: string; attempt: Attempt; dead: boolean }[] => {
      const attempt = race.attempts.toSorted((a, b) => a.startMs - b.startMs)[0];
      const hasIpv4 = race.resolutionIds.some((id) => withIpv4.has(id));
      if (attempt === undefined || race.proxy !== undefined || !hasIpv4 || !UNIQUE_LOCAL.test(attempt.ipEndpoint)) return [];
      const { kind } = reachOf(attempt, trace.durationMs);
      return [{ host: race.destination?.host ?? 'an unknown host', attempt, dead: kind === 'refused' || kind === 'silent' }];
    });
    if (first.length === 0) return [];
    const dead = first.filter((one) => one.dead);
    return [
      {
        ...(dead.length > 0 ? { severity: 'warning' as const } : {}),
        detail: `${count(first.length, 'race')} to ${list(first.map(({ host }) => host))} began with ${list(first.map(({ attempt }) => attempt.ipEndpoint))}${dead.length > 0 ? `, which did not answer in ${count(dead.length, 'case')}` : ''}.`,
        numbers: { races: first.length, unanswered: dead.length },
        evidence: evidenceOf(first.map(({ attempt }) => attempt)),
      },
    ];
  },
};
