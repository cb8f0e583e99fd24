/**
 * Small traces for metrics: each noun with everything a metric does not look at filled in, so that a test shows only
 * what it is about.
 */
import { computeMetric } from '../../src/metrics/compute-metric.ts';
import type { Metric, MetricDefinition } from '../../src/metrics/metric.ts';
import type { Attempt, Race } from '../../src/model/race.ts';
import type { Request } from '../../src/model/request.ts';
import type { DnsTransaction, EndpointUpdate, HttpsRecord, Resolution } from '../../src/model/resolution.ts';
import type { Trace } from '../../src/model/trace.ts';

const evidence = { sourceIds: [], eventIndices: [] };

export function traceWith(parts: Partial<Trace>): Trace {
  return {
    constants: {
      fieldTrials: [],
      eventTypes: new Map(),
      sourceTypes: new Map(),
      phases: new Map(),
      netErrors: new Map(),
      quicErrors: new Map(),
      logged: {},
    },
    raceEngines: [],
    originUnixMs: 1_700_000_000_000,
    durationMs: 1000,
    eventCount: 0,
    sourceCount: 0,
    complete: true,
    diagnostics: [],
    resolutions: [],
    races: [],
    sessions: [],
    requests: [],
    brokenAlternatives: [],
    journal: [],
    networkChanges: [],
    ...parts,
  };
}

/** A network resolution that ended well, for a page. */
export function resolution(parts: Partial<Resolution>): Resolution {
  return {
    id: 1,
    host: 'www.example',
    queryTypes: ['A', 'AAAA', 'HTTPS'],
    source: 'network',
    startMs: 0,
    outcome: 'ok',
    speculative: false,
    requesterIds: [],
    tasks: [],
    transactions: [],
    endpointUpdates: [],
    addresses: [],
    aliases: [],
    httpsRecords: [],
    evidence,
    ...parts,
  };
}

export function transaction(type: string, parts: Partial<DnsTransaction>): DnsTransaction {
  return { id: 1, name: 'www.example', type, startMs: 0, outcome: 'ok', attempts: [], ...parts };
}

export function httpsRecord(parts: Partial<HttpsRecord>): HttpsRecord {
  return { ownerName: 'www.example', alpn: [], ech: false, ipv4Hint: [], ipv6Hint: [], ...parts };
}

/** One service endpoint told at 10 ms. */
export function update(parts: Partial<EndpointUpdate['endpoints'][number]>): EndpointUpdate {
  return { atMs: 10, stage: 'intermediate', endpoints: [{ ipv4: [], ipv6: [], alpn: [], ech: false, ...parts }] };
}

/** A connected race that one request waited for. */
export function race(parts: Partial<Race>): Race {
  return {
    id: 1,
    preconnect: false,
    startMs: 0,
    outcome: 'connected',
    resolutionIds: [],
    dns: {},
    requestIds: [1000],
    attempts: [],
    fallback: { family: false, transport: false, service: false, resolver: false },
    delays: {},
    evidence,
    ...parts,
  };
}

/** A race over these attempts, whose winner is the one that won. */
export function raceOf(attempts: Attempt[], parts: Partial<Race> = {}): Race {
  const winner = attempts.find(({ outcome }) => outcome === 'won');
  if (winner === undefined) return race({ attempts, outcome: 'failed', ...parts });
  const { id: attemptId, transport, family, ipEndpoint, endpointStage } = winner;
  return race({ attempts, winner: { attemptId, transport, family, ipEndpoint, endpointStage }, ...parts });
}

/** What keeps a connected race out of any page metric, and what keeps it out where waiting is judged. */
export const forResolver = { forResolver: true } as const;
export const unusedPreconnect = { preconnect: true, requestIds: [] as number[] };

export const v6 = { ipEndpoint: '[2001:db8::1]:443', family: 'ipv6' } as const;
export const v4 = { ipEndpoint: '192.0.2.1:443', family: 'ipv4' } as const;

/** A TCP attempt over IPv6 that won, unless told otherwise. */
export function attempt(parts: Partial<Attempt>): Attempt {
  return { id: 1, transport: 'tcp', ...v6, startMs: 0, outcome: 'won', endpointStage: 'final', evidence, ...parts };
}

/** A request on a new connection. */
export function request(parts: Partial<Request>): Request {
  return { id: 1000, startMs: 0, connection: 'new', phases: {}, evidence, ...parts };
}

/** A metric without its description: what it found to count. */
export function found(definition: MetricDefinition, trace: Trace): Pick<Metric, 'n' | 'value' | 'values'> {
  const { n, value, values } = computeMetric(definition, trace);
  return n === 0 ? { n } : { n, ...(value !== undefined && { value }), ...(values && { values }) };
}

/** Nothing was found to count. */
export const nothing = { n: 0 };
