/** Names that do not exist. No fault of the network; a typing mistake, a dead link, or no way to the internet. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import type { Request } from '../../model/request.ts';
import type { Resolution } from '../../model/resolution.ts';
import type { Trace } from '../../model/trace.ts';
import { count, list } from '../subjects/words.ts';

export const dnsNameNotFound: Rule = {
  id: 'dns.name_not_found',
  title: 'Names do not exist',
  severity: 'info',
  threshold: 'Every answered query for a name says NXDOMAIN',
  spec: 'RFC 8020: NXDOMAIN holds for every type of the name and all below it',
  advice: 'Check the spelling, and whether this resolver sees the zone (split DNS, no internet). The browser also asks for names of its own services.',
  check(trace) {
    // What a person opened comes before what the browser asks for; of equals the latest first, as it does so on its start.
    const purposes = purposesByHost(trace);
    const missing = networkResolutions(trace).filter(isMissing).toReversed();
    if (missing.length === 0) return [];
    const groups = GROUPS.flatMap(({ of, words }) => {
      const own = missing.filter(({ host = '' }) => of.includes(purposes.get(host)));
      return own.length === 0 ? [] : [{ words, own, names: new Set(own.map(({ host }) => host ?? '')) }];
    });
    const names = groups.reduce((sum, group) => sum + group.names.size, 0);
    return [
      {
        detail: `${count(names, 'name')}: ${groups.map(({ words, names: own }) => `${list(own)}${words}`).join('; ')}.`,
        numbers: { names, resolutions: missing.length },
        evidence: evidenceOf(groups.flatMap(({ own }) => own)),
      },
    ];
  },
};

type Purpose = Request['madeFor'];

/** Names of no request are looked up by the browser itself: to see whether there is an internet, say. */
const GROUPS: readonly { readonly of: readonly Purpose[]; readonly words: string }[] = [
  { of: ['navigation'], words: ' (opened as a page)' },
  { of: ['page'], words: ' (asked for by a page)' },
  { of: ['browser', undefined], words: '' },
];

const RANK: readonly Purpose[] = ['navigation', 'page', 'browser'];

function isMissing({ outcome, transactions }: Resolution): boolean {
  const isAnswer = transactions.every(({ rcode }) => rcode === undefined || rcode === 'NXDOMAIN');
  return outcome === 'failed' && isAnswer && transactions.some(({ rcode }) => rcode === 'NXDOMAIN');
}

/** What each host was asked for: the nearest to a person that any request says. */
function purposesByHost({ requests }: Trace): ReadonlyMap<string, Purpose> {
  const purposes = new Map<string, Purpose>();
  for (const { url, madeFor } of requests) {
    if (madeFor === undefined || url === undefined || !URL.canParse(url)) continue;
    const { hostname } = new URL(url);
    const known = purposes.get(hostname);
    if (known === undefined || RANK.indexOf(madeFor) < RANK.indexOf(known)) purposes.set(hostname, madeFor);
  }
  return purposes;
}
