/** Names that exist and have no address. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import type { Resolution } from '../../model/resolution.ts';
import { list } from '../subjects/words.ts';

export const dnsNoAddress: Rule = {
  id: 'dns.no_address',
  title: 'A name exists and has no address',
  severity: 'warning',
  threshold: 'A and AAAA both answered NOERROR, the resolution failed',
  spec: 'RFC 2308 section 2.2 (NODATA)',
  advice: 'Publish A or AAAA records; a name whose HTTPS record only points elsewhere has no address for clients that do not follow it.',
  check(trace) {
    const empty = networkResolutions(trace).filter(isEmpty);
    if (empty.length === 0) return [];
    return [
      {
        detail: `${list(empty.map(({ host }) => host ?? ''))}: A and AAAA were answered without an address.`,
        numbers: { resolutions: empty.length },
        evidence: evidenceOf(empty),
      },
    ];
  },
};

function isEmpty({ outcome, netError, transactions, addresses }: Resolution): boolean {
  const asked = transactions.filter(({ type }) => type === 'A' || type === 'AAAA');
  const isEmptyAnswer = asked.length > 0 && asked.every((one) => one.outcome === 'ok' && one.rcode === 'NOERROR');
  return outcome === 'failed' && netError?.code === -105 && isEmptyAnswer && addresses.length === 0;
}
