/**
 * DNS transactions and their attempts at servers.
 *
 * The provider in the names is always `Other`: the log does not say which well-known resolver a server is.
 */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, netError, number } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { CODES, MEDIUM_TIMES } from './layouts.ts';
import { type Timelines, elapsed } from './timelines.ts';

/** Net.DNS.DnsTransaction.AttemptType. */
const ATTEMPT_TYPE: Readonly<Record<string, number>> = { DNS_TRANSACTION_ATTEMPT: 0, DNS_TRANSACTION_TCP_ATTEMPT: 2, DNS_TRANSACTION_HTTPS_ATTEMPT: 3 };

const QUERY_TYPE: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA', 65: 'HTTPS' };

/** Rcodes of an answer that is no failure. */
const NOERROR = 0;
const NXDOMAIN = 3;

export function countDnsTransactions(timelines: Timelines, count: Count): void {
  for (const transaction of timelines.having('DNS_TRANSACTION')) {
    // The job's own timeline has a link to each.
    if (transaction[0]?.sourceType !== 'DNS_TRANSACTION') continue;
    for (const { type } of transaction) {
      const attempt = ATTEMPT_TYPE[type];
      if (attempt !== undefined) count('Net.DNS.DnsTransaction.AttemptType', CODES, attempt);
    }
    countResult(count, transaction);
    countExchanges(count, transaction);
  }
}

/** Transactions that were cut or cancelled count as well. */
function countResult(count: Count, transaction: readonly JournalEvent[]): void {
  const begin = transaction.find(({ type, phase }) => type === 'DNS_TRANSACTION' && phase === 'BEGIN');
  const end = transaction.find(({ type, phase }) => type === 'DNS_TRANSACTION' && phase === 'END');
  const question = QUERY_TYPE[number(begin?.params, 'query_type') ?? 0];
  if (question === undefined || end === undefined) return;
  const has = (wanted: string): boolean => transaction.some(({ type }) => type === wanted);
  const name = `Net.DNS.DnsTransaction.${question}.LookupResult`;
  const error = Math.abs(netError(end.params) ?? 0);
  count(name, CODES, error);
  count(`${name}.${has('DNS_TRANSACTION_HTTPS_ATTEMPT') ? 'DoH' : 'Classic'}`, CODES, error);
  if (has('DNS_TRANSACTION_TCP_ATTEMPT')) count(`${name}.ClassicTruncatedAndTcpRetried`, CODES, error);
}

/**
 * One exchange over UDP: from the query to its answer. A truncated answer is a failure, one that never came and those
 * over TCP are not timed, nor is one that was there at the first read.
 */
function countExchanges(count: Count, transaction: readonly JournalEvent[]): void {
  if (wasReadAtOnce(transaction)) return;
  const attempts = new Map<number | undefined, JournalEvent>();
  for (const event of transaction) {
    const carrier = dependency(event.params);
    if (event.type === 'DNS_TRANSACTION_ATTEMPT' && !attempts.has(carrier)) attempts.set(carrier, event);
  }
  transaction.forEach((event, i) => {
    if (event.type !== 'DNS_TRANSACTION_RESPONSE') return;
    const rcode = number(event.params, 'rcode');
    const attempt = attempts.get(dependency(event.params));
    if (rcode === undefined || attempt === undefined) return;
    const truncated = transaction[i + 1]?.type === 'DNS_TRANSACTION_TCP_ATTEMPT';
    const good = !truncated && (rcode === NOERROR || rcode === NXDOMAIN);
    count(`Net.DNS.DnsTransaction.Insecure.Other.${good ? 'Success' : 'Failure'}Time`, MEDIUM_TIMES, elapsed(attempt, event));
  });
}

/** The result was delivered by a posted task, so that other events lie between the ends of query and transaction. */
function wasReadAtOnce(transaction: readonly JournalEvent[]): boolean {
  const queryEnd = transaction.findLast(({ type, phase }) => type === 'DNS_TRANSACTION_QUERY' && phase === 'END');
  const end = transaction.find(({ type, phase }) => type === 'DNS_TRANSACTION' && phase === 'END');
  return queryEnd !== undefined && end !== undefined && end.index !== queryEnd.index + 1;
}
