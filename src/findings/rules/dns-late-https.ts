/** HTTPS answers that the browser gave up, or that connections waited for. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { isAnswered, networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import { count, duration, list } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

/** The most that Chromium waits for HTTPS alone; an answer later than that is late by anybody's measure. */
const LATE_MS = 50;
/** One cut name of many is chance. */
const LEAST_SHARE = 0.1;

interface LateRecord {
  readonly resolution: Resolution;
  readonly transaction: DnsTransaction;
  readonly kind: 'cut' | 'late';
  readonly waitedMs: number;
}

export const dnsLateHttps: Rule = {
  id: 'dns.late_https',
  title: 'HTTPS records come too late to be used',
  severity: 'info',
  threshold: 'The HTTPS query is cut when A and AAAA are in, or answered 50 ms or more after them, for a tenth of the resolved names or more; a warning if connections waited 50 ms or more',
  spec: 'Chromium waits for the HTTPS answer alone for 20 % of the time so far, at least 5 ms and at most 50 ms, and then goes on without it; RFC 9460 section 3.1',
  advice: 'Ask the resolver for the HTTPS type (65) directly: forwarders and middleboxes that do not know it answer late or never. Without the record there is no h3 on first contact, no ECH and no upgrade to https.',
  check(trace) {
    const resolved = networkResolutions(trace).filter(({ outcome, transactions }) => outcome === 'ok' && transactions.some(({ type }) => type === 'HTTPS'));
    const late = resolved.flatMap(lateRecord);
    if (late.length === 0 || late.length < LEAST_SHARE * resolved.length) return [];
    const cut = late.filter(({ kind }) => kind === 'cut');
    const waitedMs = largest(late.map((one) => one.waitedMs));
    return [
      {
        ...(waitedMs >= LATE_MS ? { severity: 'warning' as const } : {}),
        detail:
          `HTTPS queries for ${list(late.map(({ transaction }) => transaction.name))} (${late.length} of ${count(resolved.length, 'resolved name')}) had no answer when A and AAAA were in. ` +
          `${cut.length === 0 ? `They were waited for up to ${duration(waitedMs)}.` : `${count(cut.length, 'query was', 'queries were')} cut after up to ${duration(waitedMs)} more: whatever the record says was not used.`}`,
        numbers: { names: late.length, cut: cut.length, waitedMs: Math.round(waitedMs) },
        evidence: evidenceOf(late.flatMap(({ resolution, transaction }) => [{ evidence: { sourceIds: [transaction.id], eventIndices: [] } }, resolution])),
      },
    ];
  },
};

function lateRecord(resolution: Resolution): LateRecord[] {
  const transaction = resolution.transactions.find(({ type }) => type === 'HTTPS');
  const addresses = resolution.transactions.filter((one) => one.type !== 'HTTPS' && isAnswered(one));
  if (transaction?.endMs === undefined || addresses.length === 0) return [];
  const waitedMs = Math.max(0, transaction.endMs - largest(addresses.map(({ endMs = 0 }) => endMs)));
  // Cut for its lateness and nothing else: a server that failed is told by another rule, and so is a lost query.
  const isCut = transaction.outcome === 'cancelled' && transaction.rcode === undefined && resolution.transactions.every((one) => one === transaction || one.outcome === 'ok' || isAnswered(one));
  if (isCut) return [{ resolution, transaction, kind: 'cut', waitedMs }];
  const isLate = isAnswered(transaction) && waitedMs >= LATE_MS && !transaction.attempts.some(({ timedOut }) => timedOut === true);
  return isLate ? [{ resolution, transaction, kind: 'late', waitedMs }] : [];
}
