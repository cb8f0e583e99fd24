/** Queries to a name server that had to be repeated: packets are lost, or the server drops them. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { isAnswered } from '../../metrics/subjects/page-resolutions.ts';
import { count, duration, list } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

const LEAST_SHARE = 0.01;

export const dnsLostQueries: Rule = {
  id: 'dns.lost_queries',
  title: 'DNS queries are lost and have to be repeated',
  severity: 'warning',
  threshold: 'A plain DNS query timed out and a repetition was answered, for one in a hundred queries or more',
  spec: 'Chromium repeats a query after its fallback period: 1 s until it has measured a server often, then the 99th percentile of its round trips',
  advice: 'Measure loss to the name server named; a wireless link, a rate limit at the resolver and a full conntrack table are the usual reasons.',
  check(trace) {
    const asked = trace.resolutions.flatMap((resolution) => resolution.transactions.map((transaction) => ({ resolution, transaction })));
    const plain = asked.filter(({ transaction }) => transaction.attempts.some(({ transport }) => transport === 'udp' || transport === 'tcp'));
    const lost = plain.filter(({ transaction }) => isAnswered(transaction) && transaction.attempts.some(({ timedOut }) => timedOut === true));
    if (lost.length === 0 || lost.length < LEAST_SHARE * plain.length) return [];
    const attempts = lost.flatMap(({ transaction }) => transaction.attempts.filter(({ timedOut }) => timedOut === true));
    const costMs = largest(lost.map(({ transaction: { attempts: tries } }) => (tries.at(-1)?.startMs ?? 0) - (tries[0]?.startMs ?? 0)));
    return [
      {
        detail:
          `${lost.length} of ${count(plain.length, 'query', 'queries')} had no answer at first and were repeated (${list(lost.map(({ transaction }) => `${transaction.type} ${transaction.name}`))}; ` +
          `server ${list(attempts.flatMap(({ server }) => server ?? []))}). It cost up to ${duration(costMs)}.`,
        numbers: { queries: plain.length, lost: lost.length, costMs: Math.round(costMs) },
        evidence: evidenceOf(lost.flatMap(({ transaction, resolution }) => [{ evidence: { sourceIds: [transaction.id], eventIndices: [] } }, resolution])),
      },
    ];
  },
};
