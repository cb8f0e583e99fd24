/**
 * Logs that lack their tail (the browser was killed) or their head (a ring buffer overwrote it): real
 * recordings cut in memory at many places, and what the model may and may not make of the rest.
 *
 * The whole log says what is right: a part of it may tell less, later or not at all, but never more.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNetLog } from '../../src/analyze.ts';
import { createModel } from '../../src/model/model.ts';
import type { Attempt, Race } from '../../src/model/race.ts';
import type { Request } from '../../src/model/request.ts';
import type { DnsTransaction, Resolution } from '../../src/model/resolution.ts';
import type { Trace } from '../../src/model/trace.ts';
import type { LogConstants, NetLogEvent } from '../../src/netlog/event.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');

/** Primes, so that the cuts fall differently in each sample. */
const CUT_EVERY = 23;
const DROP_EVERY = 29;

interface Recording {
  readonly constants: LogConstants;
  readonly events: readonly NetLogEvent[];
}

/** All events, without the params that the model does not ask for. */
async function record(sample: string): Promise<Recording> {
  const events: NetLogEvent[] = [];
  let constants: LogConstants | undefined;
  await readNetLog(join(SAMPLES, sample, 'netlog.json.gz'), {
    paramsOf: createModel().paramsOf,
    start: (header) => void (constants = header),
    event: (event) => void events.push(event),
    end: () => undefined,
  });
  if (constants === undefined) throw new Error(`${sample} has no constants`);
  return { constants, events };
}

/** The trace of a stretch of a recording, numbered anew as a reader numbers it. */
function traceOf({ constants, events }: Recording, from: number, to: number, closed: boolean): Trace {
  const model = createModel();
  model.start(constants);
  for (const [index, event] of events.slice(from, to).entries()) model.event({ ...event, index });
  model.end({ complete: closed, diagnostics: [] });
  return model.trace();
}

const raceAttempts = (trace: Trace): { race: Race; attempt: Attempt }[] => trace.races.flatMap((race) => race.attempts.map((attempt) => ({ race, attempt })));
const transactionsOf = (trace: Trace): DnsTransaction[] => trace.resolutions.flatMap((r) => r.transactions);
const nameOf = (attempt: Attempt): string => `${attempt.id} ${attempt.part ?? 1}`;

describe.each([
  'dual-hev3',
  'dual-hev2',
  'dual-legacy',
  'v6-blackhole-hev3',
  'v6-blackhole-hev2',
  'v6-blackhole-legacy',
  'svc-hev3',
  'svc-hev2',
  'svc-hints-slow-on-hev3',
  'quic-known-hev3',
])('%s, cut off after any event', (sample) => {
  let whole: Trace;
  let cuts: { readonly after: number; readonly horizon: number; readonly trace: Trace }[];

  beforeAll(async () => {
    const recording = await record(sample);
    const { events } = recording;
    const origin = events[0]?.time ?? 0;
    whole = traceOf(recording, 0, events.length, true);
    cuts = [];
    // No event at or after the cut is older than the horizon: a few clocks step backwards.
    let horizon = Number.POSITIVE_INFINITY;
    for (let after = events.length - 1; after > 0; after--) {
      horizon = Math.min(horizon, (events[after]?.time ?? 0) - origin);
      if (after % CUT_EVERY === 0) cuts.push({ after, horizon, trace: traceOf(recording, 0, after, false) });
    }
  });

  /** With 0-RTT an attempt is over, as it is usable, before its handshake is complete: that is told later. */
  const asToldByItsEnd = ({ connectedMs, zeroRtt, unansweredMs, evidence, ...rest }: Attempt): Partial<Attempt> =>
    connectedMs !== undefined && rest.endMs !== undefined && connectedMs > rest.endMs ? rest : { ...rest, connectedMs, zeroRtt, unansweredMs, evidence };

  const wasOver = (horizon: number) => (thing: { readonly endMs?: number | undefined }) => thing.endMs !== undefined && thing.endMs < horizon;

  it('is not complete, and begins where the whole log does', () => {
    for (const { trace, after } of cuts) {
      expect(trace).toMatchObject({ complete: false, eventCount: after, originUnixMs: whole.originUnixMs });
    }
  });

  it('calls unfinished what is not over, and nothing else', () => {
    for (const { trace, after } of cuts) {
      const spans = [...trace.races, ...raceAttempts(trace).map((a) => a.attempt), ...trace.resolutions, ...trace.resolutions.flatMap((r) => r.tasks), ...transactionsOf(trace)];
      for (const span of spans) expect(span.outcome === 'unfinished', `cut after ${after}: ${JSON.stringify(span)}`).toBe(span.endMs === undefined);
    }
  });

  it('has every attempt that was over, as the whole log has it', () => {
    for (const { trace, after, horizon } of cuts) {
      const found = new Map(raceAttempts(trace).map((a) => [nameOf(a.attempt), a]));
      for (const { race, attempt } of raceAttempts(whole).filter((a) => wasOver(horizon)(a.attempt))) {
        const same = found.get(nameOf(attempt));
        expect(same?.race.id, `cut after ${after}, attempt ${attempt.id}`).toBe(race.id);
        expect(same?.attempt, `cut after ${after}`).toMatchObject(asToldByItsEnd(attempt));
      }
    }
  });

  it('has every resolution and transaction that was over, as the whole log has it', () => {
    for (const { trace, after, horizon } of cuts) {
      for (const resolution of whole.resolutions.filter(wasOver(horizon))) {
        expect(trace.resolutions.find((r) => r.id === resolution.id), `cut after ${after}`).toEqual(resolution);
      }
      const transactions = transactionsOf(trace);
      for (const transaction of transactionsOf(whole).filter(wasOver(horizon))) {
        expect(transactions.find((t) => t.id === transaction.id), `cut after ${after}`).toEqual(transaction);
      }
    }
  });

  it('has no attempt, resolution or transaction that the whole log has not, nor one that is over too soon', () => {
    const attempts = new Map(raceAttempts(whole).map(({ attempt }) => [nameOf(attempt), attempt]));
    const resolutions = new Map(whole.resolutions.map((r) => [r.id, r]));
    const transactions = new Map(transactionsOf(whole).map((t) => [t.id, t]));
    const isEarly = (partial: { readonly endMs?: number | undefined }, full: { readonly endMs?: number | undefined }): boolean => partial.endMs !== undefined && partial.endMs !== full.endMs;
    for (const { trace, after } of cuts) {
      const wrong = [
        ...raceAttempts(trace).filter(({ attempt: a }) => {
          const full = attempts.get(nameOf(a));
          return full === undefined || isEarly(a, full) || a.startMs !== full.startMs || a.ipEndpoint !== full.ipEndpoint || a.transport !== full.transport;
        }),
        ...trace.resolutions.filter((r) => {
          const full = resolutions.get(r.id);
          return full === undefined || isEarly(r, full) || r.startMs !== full.startMs || r.host !== full.host;
        }),
        ...transactionsOf(trace).filter((t) => {
          const full = transactions.get(t.id);
          return full === undefined || isEarly(t, full) || t.startMs !== full.startMs || t.name !== full.name || t.type !== full.type;
        }),
      ];
      expect(wrong, `cut after ${after}`).toEqual([]);
    }
  });
});

interface Ring {
  /** How many events are missing, and the time of the first one left, in milliseconds of the whole log. */
  readonly dropped: number;
  readonly lost: number;
  readonly kept: readonly NetLogEvent[];
  readonly trace: Trace;
}

async function ringsOf(sample: string): Promise<{ readonly whole: Trace; readonly rings: Ring[] }> {
  const recording = await record(sample);
  const { events } = recording;
  const origin = events[0]?.time ?? 0;
  const rings: Ring[] = [];
  for (let dropped = DROP_EVERY; dropped < events.length; dropped += DROP_EVERY) {
    const lost = (events[dropped]?.time ?? 0) - origin;
    rings.push({ dropped, lost, kept: events.slice(dropped), trace: traceOf(recording, dropped, events.length, true) });
  }
  return { whole: traceOf(recording, 0, events.length, true), rings };
}

describe.each([
  'dual-hev3',
  'dual-hev2',
  'dual-legacy',
  'v6-blackhole-hev3',
  'v6-blackhole-hev2',
  'v6-blackhole-legacy',
  'svc-hev3',
  'svc-hev2',
  'altsvc-hev3',
  'reuse-hev2',
  'origin-hev3',
  'proxy-http-v6dead-hev2',
])('%s without its oldest events', (sample) => {
  let whole: Trace;
  let rings: Ring[];

  beforeAll(async () => {
    ({ whole, rings } = await ringsOf(sample));
  });

  it('says that its head is lost wherever something ends that never began', () => {
    for (const { kept, trace, dropped } of rings) {
      const begun = new Set(kept.filter((e) => e.type === 'SOCKET_ALIVE' && e.phase === 'BEGIN').map((e) => e.source.id));
      const ends = kept.filter((e) => e.type === 'SOCKET_ALIVE' && e.phase === 'END');
      const said = trace.diagnostics.some((d) => d.code === 'head-lost');
      if (ends.some((e) => !begun.has(e.source.id))) expect(said, `${dropped} dropped`).toBe(true);
      expect(trace.complete, `${dropped} dropped`).toBe(!said);
    }
  });

  it('still has each socket that connects later, with its endpoint and its start', () => {
    const known = new Set(raceAttempts(whole).map(({ attempt }) => attempt.id));
    for (const { kept, trace, dropped } of rings) {
      const found = new Map(raceAttempts(trace).map(({ attempt }) => [attempt.id, attempt]));
      for (const { source, params } of kept.filter((e) => e.type === 'TCP_CONNECT' && e.phase === 'END' && known.has(e.source.id))) {
        if (params?.['remote_address'] === undefined) continue;
        const attempt = found.get(source.id);
        expect(attempt?.ipEndpoint, `${dropped} dropped, socket ${source.id}`).toBe(params['remote_address']);
        // TCP_CONNECT_ATTEMPT, where it is left, can be a millisecond after the socket's own start.
        const sinceStart = (attempt?.startMs ?? Number.NaN) - ((source.startTime ?? Number.NaN) - (kept[0]?.time ?? 0));
        expect([0, 1], `${dropped} dropped, socket ${source.id}`).toContain(sinceStart);
      }
    }
  });

  it('has no attempt, endpoint, host or engine that the whole log has not', () => {
    const attempts = new Map(raceAttempts(whole).map((a) => [a.attempt.id, a]));
    const hosts = new Set(whole.races.map((r) => r.destination?.host));
    for (const { trace, dropped } of rings) {
      for (const { race, attempt } of raceAttempts(trace)) {
        const full = attempts.get(attempt.id);
        const about = `${dropped} dropped, attempt ${attempt.id}`;
        expect(attempt.ipEndpoint, about).toBe(full?.attempt.ipEndpoint);
        expect(attempt.transport, about).toBe(full?.attempt.transport);
        if (race.destination !== undefined) expect(race.destination, about).toEqual(full?.race.destination);
        if (race.engine !== undefined) expect(race.engine, about).toBe(full?.race.engine);
      }
      for (const { destination } of trace.races) if (destination !== undefined) expect(hosts, `${dropped} dropped`).toContain(destination.host);
    }
  });

  it('has no resolution, query, address or session that the whole log has not', () => {
    const resolutions = new Map(whole.resolutions.map((r): [number, Resolution] => [r.id, r]));
    const sessions = new Map(whole.sessions.map((s) => [s.id, s]));
    for (const { trace, lost, dropped } of rings) {
      for (const { id, addresses, transactions, startMs } of trace.resolutions) {
        const full = resolutions.get(id);
        const about = `${dropped} dropped, resolution ${id}`;
        expect(full?.addresses, about).toEqual(expect.arrayContaining(addresses));
        expect(Math.abs(startMs + lost - (full?.startMs ?? Number.NaN)), about).toBeLessThanOrEqual(1);
        for (const { id: own, name, type } of transactions) expect(full?.transactions, about).toContainEqual(expect.objectContaining({ id: own, name, type }));
      }
      for (const { id, protocol, hosts } of trace.sessions) {
        const full = sessions.get(id);
        expect(full?.protocol, `${dropped} dropped, session ${id}`).toBe(protocol);
        expect(full?.hosts, `${dropped} dropped, session ${id}`).toEqual(expect.arrayContaining(hosts));
      }
    }
  });
});

/** Claims of a log without its head that the whole log contradicts. */
type Contradictions = (ring: Ring, whole: Trace) => readonly unknown[];

/** TLS or a tunnel follow TCP: only then is a connection usable. */
const usableTooSoon: Contradictions = ({ trace, lost }, whole) => {
  const full = new Map(raceAttempts(whole).map(({ attempt }) => [attempt.id, attempt]));
  return raceAttempts(trace)
    .map((a) => a.attempt)
    .filter((a) => (a.outcome === 'won' || a.outcome === 'spare') && a.endMs !== undefined)
    .filter((a) => Math.abs((a.endMs ?? 0) + lost - (full.get(a.id)?.endMs ?? Number.NaN)) > 0.001 || !['won', 'spare'].includes(full.get(a.id)?.outcome ?? ''));
};

/** A request whose first events are lost may leave open where its connection came from. */
const otherConnection: Contradictions = ({ trace }, whole) => {
  const redirected = new Set(whole.requests.filter((r) => r.part !== undefined).map((r) => r.id));
  const full = new Map(whole.requests.map((r): [number, Request] => [r.id, r]));
  return trace.requests.filter((r) => !redirected.has(r.id) && r.connection !== undefined && r.connection !== full.get(r.id)?.connection);
};

const otherHost: Contradictions = ({ trace }, whole) =>
  trace.resolutions.filter((r) => r.host !== undefined && r.host !== whole.resolutions.find((f) => f.id === r.id)?.host);

const attemptsThatAreNone: Contradictions = ({ trace }) => {
  const known = new Set(raceAttempts(trace).map(({ attempt }) => attempt.id));
  return trace.requests.filter((r) => r.attemptId !== undefined && !known.has(r.attemptId));
};

const racesForDns: Contradictions = ({ trace }) => raceAttempts(trace).filter(({ attempt }) => attempt.ipEndpoint.endsWith(':53'));

async function checkClaims(sample: string, contradictions: Contradictions): Promise<void> {
  const { whole, rings } = await ringsOf(sample);
  const wrong = rings.flatMap((ring) => contradictions(ring, whole).map((claim) => ({ dropped: ring.dropped, claim })));
  expect(wrong).toEqual([]);
}

describe('a log without its oldest events', () => {
  it.each<[string, string, Contradictions]>([
    ['takes no connection for usable before TLS is done', 'v6-blackhole-hev2', usableTooSoon],
    ['takes no connection through a proxy for usable before its tunnel is', 'proxy-http-v6dead-hev2', usableTooSoon],
    ['calls no request on a session from before the log a new connection', 'origin-hev3', otherConnection],
    ['calls no request that was sent answered from the cache', 'dual-hev3', otherConnection],
    ['takes the host behind a proxy for no resolution of the proxy', 'proxy-http-v6dead-hev2', otherHost],
    ['links no request to an attempt that it does not have', 'reuse-hev2', attemptsThatAreNone],
    ['makes no race of DNS over TCP', 'dns-trunc-hev2', racesForDns],
  ])('%s', (_, sample, contradictions) => checkClaims(sample, contradictions));
});
