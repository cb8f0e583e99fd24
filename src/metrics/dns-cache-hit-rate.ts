/**
 * The share of lookups that the host cache answered, with fresh or with stale endpoints.
 *
 * Counted: answers from the cache (1), and network resolutions (0) whatever their outcome, as the cache had missed
 * before they began. Requesters that share one resolver job count once.
 * Left out: resolutions that were prefetches only, as they are made to miss so that the lookup after them hits; the
 * hosts file, configuration and literals, which make no use of the cache; lookups of a DNS-over-HTTPS server's
 * name. Cache-only lookups of the network quality estimator never reach the model.
 */
import type { Resolution } from '../model/resolution.ts';
import type { MetricDefinition } from './metric.ts';
import { pageResolutions } from './subjects/page-resolutions.ts';
import { rate } from './subjects/values.ts';

export const dnsCacheHitRate: MetricDefinition = {
  id: 'dns.cache.hit_rate',
  title: 'Lookups answered from the host cache',
  unit: 'ratio',
  better: 'higher',
  statistic: 'rate',
  values: (trace) =>
    rate(
      pageResolutions(trace).filter(({ speculative, source }) => !speculative && asksCache(source)),
      ({ source }) => isHit(source),
    ),
};

function asksCache(source: Resolution['source']): boolean {
  return source === 'network' || isHit(source);
}

function isHit(source: Resolution['source']): boolean {
  return source === 'cache' || source === 'stale-cache';
}
