/**
 * The share of requests that needed no new connection: reused from the same host, or pooled onto another host's
 * session.
 *
 * Counted: each request that used a connection, however it ended, over HTTP/1.1, HTTP/2 or HTTP/3.
 * Left out: requests answered from the cache, those that never got a connection, and those of which the log does
 * not tell; DNS-over-HTTPS queries.
 */
import type { Request } from '../model/request.ts';
import type { MetricDefinition } from './metric.ts';
import { pageRequests } from './subjects/page-requests.ts';
import { rate } from './subjects/values.ts';

export const sessionReuseRate: MetricDefinition = {
  id: 'session.reuse_rate',
  title: 'Requests on connections that already existed',
  unit: 'ratio',
  better: 'higher',
  statistic: 'rate',
  values: (trace) =>
    rate(
      pageRequests(trace).filter(({ connection }) => connection === 'new' || isReuse(connection)),
      ({ connection }) => isReuse(connection),
    ),
};

function isReuse(connection: Request['connection']): boolean {
  return connection === 'reused' || connection === 'pooled';
}
