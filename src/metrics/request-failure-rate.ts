/**
 * The share of requests that end in a net error. An HTTP error status is an answer, not a failure.
 *
 * Counted: each request that ended, from the cache too.
 * Left out: requests cancelled (ERR_ABORTED) or kept from the network by the browser, an extension or a policy
 * (ERR_BLOCKED_BY_...); unfinished ones; DNS-over-HTTPS queries.
 */
import type { MetricDefinition } from './metric.ts';
import { isCalledOff, pageRequests } from './subjects/page-requests.ts';
import { rate } from './subjects/values.ts';

export const requestFailureRate: MetricDefinition = {
  id: 'request.failure_rate',
  title: 'Requests that fail',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) =>
    rate(
      pageRequests(trace).filter((request) => request.endMs !== undefined && !isCalledOff(request)),
      ({ netError }) => netError !== undefined,
    ),
};
