/**
 * The resolutions and DNS transactions that metrics count.
 *
 * Lookups of a DNS-over-HTTPS server's own name (`forResolver`) are left out: no page asked for them. Reachability
 * probes and the network quality estimator's cache-only lookups never reach the model.
 */
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import type { Trace } from '../../model/trace.ts';

export function pageResolutions(trace: Trace): Resolution[] {
  return trace.resolutions.filter((resolution) => resolution.forResolver !== true);
}

/** Those that a resolver job had to answer; not from the cache, the hosts file, configuration or an IP literal. */
export function networkResolutions(trace: Trace): Resolution[] {
  return pageResolutions(trace).filter((resolution) => resolution.source === 'network');
}

/** It ended by itself. Cancelled and unfinished resolutions could have gone either way. */
export function isDecided({ outcome }: Resolution): boolean {
  return outcome === 'ok' || outcome === 'failed';
}

/** A server answered: with records, with none, or that the name does not exist. Other errors are no answer. */
export function isAnswered({ outcome, rcode }: DnsTransaction): boolean {
  return outcome === 'ok' || (outcome === 'failed' && rcode === 'NXDOMAIN');
}

/** The answered DNS transactions of one query type (`A`, `AAAA`, `HTTPS`). */
export function answeredTransactions(trace: Trace, type: string): DnsTransaction[] {
  return pageResolutions(trace)
    .flatMap(({ transactions }) => transactions)
    .filter((transaction) => transaction.type === type && isAnswered(transaction));
}
