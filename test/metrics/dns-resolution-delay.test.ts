import { describe, expect, it } from 'vitest';
import { dnsResolutionDelayRate } from '../../src/metrics/dns-resolution-delay-rate.ts';
import { dnsResolutionDelayTimedOutRate } from '../../src/metrics/dns-resolution-delay-timed-out-rate.ts';
import type { Resolution } from '../../src/model/resolution.ts';
import { forResolver, found, nothing, race, resolution, traceWith, update } from './trace-builder.ts';

const resolutions = (...parts: Partial<Resolution>[]) => traceWith({ resolutions: parts.map(resolution) });
/** Each is one that a race of the HttpStreamPool waited for. */
const resolutionsForHev3 = (...parts: Partial<Resolution>[]) => {
  const waitedFor = parts.map((part, i) => resolution({ id: 100 + i, ...part }));
  return traceWith({ resolutions: waitedFor, races: [race({ engine: 'hev3', resolutionIds: waitedFor.map(({ id }) => id) })] });
};
const endpointUpdates = [update({ ipv6: ['2001:db8::1'] })];

describe('dns.resolution_delay.rate', () => {
  it('is the share of delayed resolutions among those that told an HEv3 race endpoints as they came', () => {
    const trace = resolutionsForHev3(
      { endpointUpdates },
      { endpointUpdates, resolutionDelay: { startMs: 27, elapsedMs: 50, timedOut: true }, outcome: 'cancelled' },
      { resolutionDelay: { startMs: 27 }, outcome: 'unfinished' },
      { endpointUpdates },
    );
    expect(found(dnsResolutionDelayRate, trace)).toEqual({ n: 4, value: 0.5, values: [0, 1, 1, 0] });
  });

  it('leaves out resolutions that told no endpoints, the cache and the name of a DoH server', () => {
    const trace = resolutionsForHev3(
      {},
      { outcome: 'failed' },
      { endpointUpdates, source: 'cache' },
      { endpointUpdates, resolutionDelay: { startMs: 27 }, ...forResolver },
    );
    expect(found(dnsResolutionDelayRate, trace)).toEqual(nothing);
  });

  it('leaves out resolutions of the other engines, which wait for the whole answer', () => {
    expect(found(dnsResolutionDelayRate, resolutions({ endpointUpdates }))).toEqual(nothing);
  });
});

describe('dns.resolution_delay.timed_out_rate', () => {
  it('is the share of delays that ran out among those that ended', () => {
    const trace = resolutions(
      { resolutionDelay: { startMs: 27, elapsedMs: 50, timedOut: true } },
      { resolutionDelay: { startMs: 27, elapsedMs: 8, timedOut: false } },
    );
    expect(found(dnsResolutionDelayTimedOutRate, trace)).toEqual({ n: 2, value: 0.5, values: [1, 0] });
  });

  it('leaves out resolutions without a delay, delays without an end, the cache and the name of a DoH server', () => {
    const trace = resolutions(
      { endpointUpdates },
      { resolutionDelay: { startMs: 27 }, outcome: 'unfinished' },
      { resolutionDelay: { startMs: 27, timedOut: true }, source: 'stale-cache' },
      { resolutionDelay: { startMs: 27, timedOut: true }, ...forResolver },
    );
    expect(found(dnsResolutionDelayTimedOutRate, trace)).toEqual(nothing);
  });
});
