import { describe, expect, it } from 'vitest';
import { dnsCacheHitRate } from '../../src/metrics/dns-cache-hit-rate.ts';
import { forResolver, found, nothing, resolution, traceWith } from './trace-builder.ts';

describe('dns.cache.hit_rate', () => {
  it('is the share of fresh and stale hits among lookups that asked the cache', () => {
    const resolutions = [
      resolution({ source: 'network' }),
      resolution({ source: 'cache' }),
      resolution({ source: 'stale-cache' }),
      resolution({ source: 'cache', outcome: 'failed' }),
    ];
    expect(found(dnsCacheHitRate, traceWith({ resolutions }))).toEqual({ n: 4, value: 0.75, values: [0, 1, 1, 1] });
  });

  it('counts a miss even if the network lookup after it failed or never ended', () => {
    const resolutions = (['failed', 'cancelled', 'unfinished'] as const).map((outcome) => resolution({ outcome }));
    expect(found(dnsCacheHitRate, traceWith({ resolutions }))).toEqual({ n: 3, value: 0, values: [0, 0, 0] });
  });

  it('counts the lookup that a prefetch was made for, not the prefetch', () => {
    const resolutions = [resolution({ speculative: true }), resolution({ source: 'cache' })];
    expect(found(dnsCacheHitRate, traceWith({ resolutions }))).toEqual({ n: 1, value: 1, values: [1] });
  });

  it('leaves out answers that ask no cache and the name of a DoH server', () => {
    const resolutions = [
      resolution({ source: 'hosts' }),
      resolution({ source: 'config' }),
      resolution({ source: 'literal' }),
      resolution({ source: 'cache', ...forResolver }),
    ];
    expect(found(dnsCacheHitRate, traceWith({ resolutions }))).toEqual(nothing);
  });
});
