import { describe, expect, it } from 'vitest';
import { dnsFallbackToSystemRate } from '../../src/metrics/dns-fallback-to-system-rate.ts';
import { dnsResolutionDuration } from '../../src/metrics/dns-resolution-duration.ts';
import { dnsResolutionFailureRate } from '../../src/metrics/dns-resolution-failure-rate.ts';
import { dnsResolutionQueued } from '../../src/metrics/dns-resolution-queued.ts';
import type { Resolution, ResolverTask } from '../../src/model/resolution.ts';
import { forResolver, found, nothing, resolution, traceWith } from './trace-builder.ts';

const resolutions = (...parts: Partial<Resolution>[]) => traceWith({ resolutions: parts.map(resolution) });

describe('dns.resolution.duration', () => {
  it('is the median of the network resolutions that ended well', () => {
    const trace = resolutions({ durationMs: 30 }, { durationMs: 24 }, { durationMs: 251 }, { durationMs: 26 });
    expect(found(dnsResolutionDuration, trace)).toEqual({ n: 4, value: 28, values: [30, 24, 251, 26] });
  });

  it('counts prefetches, which the network answers like any other lookup', () => {
    expect(found(dnsResolutionDuration, resolutions({ durationMs: 30, speculative: true }))).toMatchObject({ n: 1 });
  });

  it('leaves out other outcomes, answers without a job and the name of a DoH server', () => {
    const trace = resolutions(
      { durationMs: 5000, outcome: 'failed' },
      { durationMs: 12, outcome: 'cancelled' },
      { outcome: 'unfinished' },
      { durationMs: 0, source: 'cache' },
      { durationMs: 0, source: 'stale-cache' },
      { durationMs: 0, source: 'hosts' },
      { durationMs: 0, source: 'literal' },
      { durationMs: 20, ...forResolver },
    );
    expect(found(dnsResolutionDuration, trace)).toEqual(nothing);
  });
});

describe('dns.resolution.queued', () => {
  it('counts the wait of every job that started, whatever became of it', () => {
    const trace = resolutions(
      { queuedMs: 0 },
      { queuedMs: 9, outcome: 'failed' },
      { queuedMs: 40, outcome: 'cancelled' },
      { queuedMs: 2, outcome: 'unfinished' },
    );
    expect(found(dnsResolutionQueued, trace)).toEqual({ n: 4, value: 5.5, values: [0, 9, 40, 2] });
  });

  it('leaves out jobs that never started, answers without a job and the name of a DoH server', () => {
    const trace = resolutions(
      { outcome: 'unfinished' },
      { queuedMs: 0, source: 'cache' },
      { queuedMs: 3, ...forResolver },
    );
    expect(found(dnsResolutionQueued, trace)).toEqual(nothing);
  });
});

describe('dns.resolution.failure_rate', () => {
  it('is the share of failures among the network resolutions that came to an end', () => {
    const trace = resolutions({}, { outcome: 'failed' }, {}, {});
    expect(found(dnsResolutionFailureRate, trace)).toEqual({ n: 4, value: 0.25, values: [0, 1, 0, 0] });
  });

  it('leaves cancelled and unfinished ones, the cache and the name of a DoH server out of its denominator', () => {
    const excluded: Partial<Resolution>[] = [
      { outcome: 'cancelled' },
      { outcome: 'unfinished' },
      { source: 'cache' },
      { source: 'cache', outcome: 'failed' },
      { outcome: 'failed', ...forResolver },
    ];
    expect(found(dnsResolutionFailureRate, resolutions(...excluded))).toEqual(nothing);
    const withOneFailure = resolutions(...excluded, { outcome: 'failed' });
    expect(found(dnsResolutionFailureRate, withOneFailure)).toMatchObject({ n: 1, value: 1 });
  });
});

describe('dns.fallback_to_system_rate', () => {
  const tasks = (...kinds: string[]): ResolverTask[] => kinds.map((kind) => ({ kind, startMs: 0, outcome: 'ok' }));

  it('is the share of resolutions that the DNS client began and the system resolver went on with', () => {
    const trace = resolutions(
      { tasks: tasks('dns') },
      { tasks: tasks('dns', 'system') },
      { tasks: tasks('secure-dns', 'dns') },
      { tasks: tasks('secure-dns', 'dns', 'system'), outcome: 'failed' },
    );
    expect(found(dnsFallbackToSystemRate, trace)).toEqual({ n: 4, value: 0.5, values: [0, 1, 0, 1] });
  });

  it('leaves out resolutions that began with the system resolver or did not come to an end', () => {
    const trace = resolutions(
      { tasks: tasks('system') },
      { tasks: tasks('system', 'system') },
      { tasks: [] },
      { tasks: tasks('dns', 'system'), outcome: 'cancelled' },
      { tasks: tasks('dns', 'system'), outcome: 'unfinished' },
      { tasks: tasks('dns', 'system'), source: 'stale-cache' },
      { tasks: tasks('dns', 'system'), ...forResolver },
    );
    expect(found(dnsFallbackToSystemRate, trace)).toEqual(nothing);
  });
});
