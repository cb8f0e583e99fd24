/** Name servers that answer with an error: SERVFAIL, REFUSED and their like; for one type only, or for all. */
import type { Rule } from '../rule.ts';
import { isAnswered, networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, list } from '../subjects/words.ts';

const NO_ERROR = new Set(['NOERROR', 'NXDOMAIN']);

export const dnsServerFailure: Rule = {
  id: 'dns.server_failure',
  title: 'Name servers answer with errors',
  severity: 'warning',
  threshold: 'An answer other than NOERROR and NXDOMAIN; an error if the name could not be resolved, above all where another type had a good answer',
  spec: 'Chromium fails the whole DNS task when A or AAAA fails, discards the good answers, and asks the system resolver; a failed HTTPS query over plain DNS is ignored (RFC 9460 section 3.1)',
  advice: 'Ask the zone’s name servers for the types named: SERVFAIL on one type only is a broken server or broken DNSSEC of that type; answer NOERROR without records instead.',
  check(trace) {
    const failed = networkResolutions(trace).flatMap((resolution) => {
      const transactions = resolution.transactions.filter(({ rcode }) => rcode !== undefined && !NO_ERROR.has(rcode));
      return transactions.length === 0 ? [] : [{ resolution, transactions }];
    });
    if (failed.length === 0) return [];
    const transactions = failed.flatMap((one) => one.transactions);
    const helped = new Set(trace.races.filter(({ outcome }) => outcome === 'connected').flatMap(({ resolutionIds }) => resolutionIds));
    const fatal = failed.filter(({ resolution }) => resolution.outcome === 'failed' && !helped.has(resolution.id));
    const discarded = failed.filter((one) => discards(one.resolution, one.transactions));
    const names = list(transactions.map(({ type, name, rcode }) => `${type} ${name}: ${rcode}`));
    return [
      {
        ...(fatal.length > 0 ? { severity: 'error' as const } : {}),
        ...(discarded.length > 0 ? { title: 'An error for one query type makes good answers of another be discarded' } : {}),
        detail:
          `${count(transactions.length, 'query', 'queries')} answered with an error (${names}). ` +
          `${fatal.length > 0 ? `Not resolved for it: ${list(fatal.map(({ resolution }) => resolution.host ?? ''))}.` : 'The names were resolved all the same.'}` +
          `${discarded.length > 0 ? ` Good address answers for ${list(discarded.map(({ resolution }) => resolution.host ?? ''))} were discarded.` : ''}`,
        numbers: { queries: transactions.length, namesNotResolved: fatal.length, namesWithDiscardedAnswers: discarded.length },
        evidence: evidenceOf(failed.flatMap((one) => [{ evidence: { sourceIds: one.transactions.map(({ id }) => id), eventIndices: [] } }, one.resolution])),
      },
    ];
  },
};

/** A or AAAA failed, the task with it, and the other family had been answered. */
function discards({ transactions, tasks }: Resolution, failed: readonly DnsTransaction[]): boolean {
  const isAddress = ({ type }: DnsTransaction): boolean => type === 'A' || type === 'AAAA';
  const taskFailed = tasks.some(({ kind, outcome }) => (kind === 'dns' || kind === 'secure-dns') && outcome === 'failed');
  return taskFailed && failed.some(isAddress) && transactions.some((one) => isAddress(one) && isAnswered(one) && one.rcode === 'NOERROR');
}
