/** Names that do not exist. No fault of the network; a typing mistake, a dead link, or no way to the internet. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import { count, list } from '../subjects/words.ts';

export const dnsNameNotFound: Rule = {
  id: 'dns.name_not_found',
  title: 'Names do not exist',
  severity: 'info',
  threshold: 'Every answered query for a name says NXDOMAIN',
  spec: 'RFC 8020: NXDOMAIN holds for every type of the name and all below it',
  advice: 'Check the spelling, and whether this resolver sees the zone (split DNS, no internet). The browser also asks for names of its own services.',
  check(trace) {
    const missing = networkResolutions(trace).filter(
      ({ outcome, transactions }) => outcome === 'failed' && transactions.length > 0 && transactions.every(({ rcode }) => rcode === undefined || rcode === 'NXDOMAIN') && transactions.some(({ rcode }) => rcode === 'NXDOMAIN'),
    );
    if (missing.length === 0) return [];
    // The latest first: what a person opened comes after what the browser asks for on its start.
    const hosts = [...new Set(missing.map(({ host }) => host ?? '').toReversed())];
    return [
      {
        detail: `${count(hosts.length, 'name')}: ${list(hosts)}.`,
        numbers: { names: hosts.length, resolutions: missing.length },
        evidence: evidenceOf(missing.toReversed()),
      },
    ];
  },
};
