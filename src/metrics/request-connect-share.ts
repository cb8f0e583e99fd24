/**
 * The part of a request's time that goes into its new connection: (dns + connect + ssl) / (end - start).
 *
 * Counted: each request on a new connection that ended without a net error, took more than 0 ms and has at least
 * one of the three phases; a phase without a value had no time. Values are held between 0 and 1.
 * Left out: requests on reused or pooled connections, from the cache or without a connection; failed, cancelled and
 * unfinished ones; DNS-over-HTTPS queries.
 */
import type { Request } from '../model/request.ts';
import type { MetricDefinition } from './metric.ts';
import { pageRequests } from './subjects/page-requests.ts';
import { clampToShare, elapsed, measure } from './subjects/values.ts';

export const requestConnectShare: MetricDefinition = {
  id: 'request.connect_share',
  title: 'Part of a request spent connecting',
  unit: 'ratio',
  better: 'lower',
  statistic: 'median',
  values: (trace) =>
    measure(
      pageRequests(trace).filter(({ connection, netError }) => connection === 'new' && netError === undefined),
      connectShare,
    ),
};

function connectShare({ startMs, endMs, phases }: Request): number | undefined {
  const total = elapsed(startMs, endMs);
  const parts = [phases.dnsMs, phases.connectMs, phases.sslMs].filter((part) => part !== undefined);
  if (total === undefined || total === 0 || parts.length === 0) return undefined;
  return clampToShare(parts.reduce((sum, part) => sum + part) / total);
}
