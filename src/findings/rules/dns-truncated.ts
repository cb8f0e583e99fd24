/** Answers that did not fit into UDP and were fetched again over TCP. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import { count, list } from '../subjects/words.ts';

export const dnsTruncated: Rule = {
  id: 'dns.truncated',
  title: 'DNS answers are truncated and asked for again over TCP',
  severity: 'info',
  threshold: 'A truncated UDP answer',
  spec: 'RFC 7766 section 5: a truncated answer is asked for again over TCP, at the cost of a handshake',
  advice: 'Shorten the answers, or let the server send larger ones (EDNS, RFC 9715 recommends 1,400 bytes).',
  check(trace) {
    const truncated = networkResolutions(trace).flatMap((resolution) =>
      resolution.transactions.filter(({ attempts }) => attempts.some((one) => one.truncated === true)).map((transaction) => ({ resolution, transaction })),
    );
    if (truncated.length === 0) return [];
    return [
      {
        detail: `${count(truncated.length, 'answer')} for ${list(truncated.map(({ transaction }) => transaction.name))}; each cost the round trips of a TCP connection.`,
        numbers: { answers: truncated.length },
        evidence: evidenceOf(truncated.flatMap(({ resolution, transaction }) => [{ evidence: { sourceIds: [transaction.id], eventIndices: [] } }, resolution])),
      },
    ];
  },
};
