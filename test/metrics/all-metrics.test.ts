import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allMetrics, computeMetrics } from '../../src/metrics/all-metrics.ts';
import { computeMetric } from '../../src/metrics/compute-metric.ts';
import { metricSchema, type MetricDefinition } from '../../src/metrics/metric.ts';
import type { Attempt } from '../../src/model/race.ts';
import type { Trace } from '../../src/model/trace.ts';
import { attempt, found, raceOf, request, resolution, traceWith, transaction, v4, v6 } from './trace-builder.ts';

const ids = [
  'dns.resolution.duration',
  'dns.resolution.queued',
  'dns.transaction.a.duration',
  'dns.transaction.aaaa.duration',
  'dns.transaction.https.duration',
  'dns.resolution.failure_rate',
  'dns.cache.hit_rate',
  'dns.fallback_to_system_rate',
  'dns.https_record.presence_rate',
  'dns.https_record.used_rate',
  'dns.resolution_delay.rate',
  'dns.resolution_delay.timed_out_rate',
  'race.duration',
  'race.dns_share',
  'race.attempts',
  'race.first_attempt_win_rate',
  'race.wasted_attempts',
  'race.family_fallback_rate',
  'race.transport_fallback_rate',
  'race.ipv6_win_rate',
  'race.quic_win_rate',
  'race.intermediate_endpoint_rate',
  'race.crypto_wait',
  'race.tcp_held_back',
  'race.failure_rate',
  'race.pooled_rate',
  'connect.tcp.duration',
  'connect.tls.duration',
  'connect.quic.duration',
  'session.reuse_rate',
  'session.avoidable_rate',
  'session.avoidable_h3_rate',
  'request.connect_share',
  'request.failure_rate',
];

describe('computeMetrics', () => {
  it('gives every metric, always in the same order', () => {
    expect(computeMetrics(traceWith({})).map(({ id }) => id)).toEqual(ids);
  });

  it('has one file for each metric, named after its id', () => {
    const files = new Set(readdirSync(new URL('../../src/metrics/', import.meta.url)));
    expect(ids.filter((id) => !files.has(`${id.replaceAll(/[._]/g, '-')}.ts`))).toEqual([]);
  });

  it('gives an empty trace no value, summary or values, rather than zeros', () => {
    for (const metric of computeMetrics(traceWith({}))) {
      expect(Object.keys(metric)).toEqual(['id', 'title', 'unit', 'better', 'n']);
      expect(metric.n).toBe(0);
    }
  });

  it('computes rates as ratios of ones and zeros', () => {
    for (const { id, unit, statistic } of allMetrics) {
      expect(statistic, id).toBe(id.endsWith('rate') ? 'rate' : 'median');
      if (statistic === 'rate') expect(unit, id).toBe('ratio');
    }
  });

  it('gives whatever it finds in the form of the report, within the bounds of its unit', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        for (const metric of computeMetrics(trace)) {
          expect(metricSchema.safeParse(metric).error, metric.id).toBeUndefined();
          expect(metric.values?.length ?? 0).toBe(metric.n);
          for (const value of [metric.value ?? 0, ...(metric.values ?? [])]) {
            expect(value, metric.id).toBeGreaterThanOrEqual(0);
            expect(value, metric.id).toBeLessThanOrEqual(metric.unit === 'ratio' ? 1 : Infinity);
          }
        }
      }),
    );
  });
});

describe('computeMetric', () => {
  const definition: Omit<MetricDefinition, 'statistic'> = {
    id: 'example',
    title: 'Example',
    unit: 'ratio',
    better: 'neutral',
    values: () => [1, 0, 0, 0, 1],
  };

  it('takes the mean for a rate and the median for measurements', () => {
    expect(found({ ...definition, statistic: 'rate' }, traceWith({})).value).toBe(0.4);
    expect(found({ ...definition, statistic: 'median' }, traceWith({})).value).toBe(0);
  });

  it('summarizes the sample and keeps it in log order', () => {
    const metric = computeMetric({ ...definition, statistic: 'median', values: () => [30, 10, 20] }, traceWith({}));
    expect(metric.values).toEqual([30, 10, 20]);
    expect(metric.summary).toMatchObject({ min: 10, p25: 15, p50: 20, p75: 25, max: 30, mad: 10 });
  });
});

/** Traces whose numbers fit together no better than those of a damaged log: ends before starts, missing parts. */
const moments = fc.option(fc.integer({ min: -20, max: 400 }), { nil: undefined });
type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const defined = <T extends object>(parts: T): Defined<T> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Defined<T>;

const attempts: fc.Arbitrary<Attempt> = fc
  .record({
    startMs: fc.integer({ min: 0, max: 300 }),
    connectedMs: moments,
    secureStartMs: moments,
    endMs: moments,
    outcome: fc.constantFrom('won', 'lost', 'spare', 'failed', 'cancelled', 'unfinished'),
    transport: fc.constantFrom('tcp', 'quic'),
    endpoint: fc.constantFrom(v4, v6),
    endpointStage: fc.constantFrom('intermediate', 'final', 'cached', 'unknown'),
  })
  .map(({ endpoint, ...parts }) => attempt({ ...defined(parts), ...endpoint }));

const races = fc
  .record({
    attempts: fc.array(attempts, { maxLength: 4 }),
    durationMs: moments,
    firstEndpointsMs: moments,
    preconnect: fc.boolean(),
    requestIds: fc.constantFrom<number[]>([], [1000]),
    wait: fc.nat({ max: 300 }),
  })
  .map(({ attempts: made, durationMs, firstEndpointsMs, wait, ...parts }) =>
    raceOf(made, {
      ...parts,
      ...defined({ durationMs }),
      dns: defined({ firstEndpointsMs }),
      delays: { cryptoWaitMs: wait, tcpHeldBackMs: wait },
      resolutionIds: [1],
    }),
  );

const resolutions = fc
  .record({
    outcome: fc.constantFrom('ok', 'failed', 'cancelled', 'unfinished'),
    source: fc.constantFrom('network', 'cache', 'stale-cache', 'hosts'),
    durationMs: moments,
    queuedMs: moments,
    endMs: moments,
  })
  .map(({ endMs, outcome, ...parts }) => {
    const transactions = ['A', 'AAAA', 'HTTPS'].map((type) => transaction(type, { outcome, ...defined({ endMs }) }));
    return resolution({ ...defined(parts), outcome, transactions, addresses: ['192.0.2.1', '2001:db8::1'] });
  });

const requests = fc
  .record({
    connection: fc.constantFrom('new', 'reused', 'pooled', 'cache', 'none'),
    endMs: moments,
    connectMs: fc.nat({ max: 500 }),
    attemptId: fc.constantFrom(1, 2),
  })
  .map(({ endMs, connectMs, ...parts }) => request({ ...parts, ...defined({ endMs }), phases: { connectMs } }));

const traces: fc.Arbitrary<Trace> = fc
  .record({
    races: fc.array(races, { maxLength: 5 }),
    resolutions: fc.array(resolutions, { maxLength: 5 }),
    requests: fc.array(requests, { maxLength: 5 }),
  })
  .map(traceWith);
