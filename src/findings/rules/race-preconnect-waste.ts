/** Connections made ahead that no request ever used. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { count, list } from '../subjects/words.ts';

/** A page load asks for a socket or two more than it needs; that alone is no waste worth telling. */
const LEAST_RACES = 5;
const LEAST_SHARE = 0.5;

export const racePreconnectWaste: Rule = {
  id: 'race.preconnect_waste',
  title: 'Preconnects make connections that nobody uses',
  severity: 'info',
  threshold: 'Five races or more begun by a preconnect alone, and half of all connected races never used by a request',
  spec: 'Each connection costs the server a handshake; RFC 8305 section 9.3 warns of the load of attempts that are not used',
  advice: 'Remove preconnect hints for hosts that the page does not need, and hosts that one connection could serve.',
  check(trace) {
    const connected = pageRaces(trace).filter(({ outcome }) => outcome === 'connected');
    const used = new Set(trace.requests.map(({ raceId }) => raceId));
    const unused = connected.filter((race) => race.preconnect && race.requestIds.length === 0 && !used.has(race.id));
    if (unused.length < LEAST_RACES || unused.length < LEAST_SHARE * connected.length) return [];
    return [
      {
        detail: `${unused.length} of ${count(connected.length, 'connection race')} served no request (${list(unused.map(({ destination }) => destination?.host ?? 'an unknown host'))}).`,
        numbers: { races: connected.length, unused: unused.length },
        evidence: evidenceOf(unused),
      },
    ];
  },
};
