/** What holds whatever the network does: random replies, delays, losses, cancellations and further requests. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DnsAnswer } from '../../../src/engine/dns.ts';
import { CHROMIUM_RESOLVER, type ResolverOptions } from '../../../src/engine/resolver/options.ts';
import type { DnsReply, ResolverOutput, SystemReply } from '../../../src/engine/resolver/output.ts';
import { createResolver } from '../../../src/engine/resolver/resolver.ts';
import { NODATA, SERVICE, TRUNCATED, V4, V6, addresses, failure } from './bench.ts';

const data = { A: addresses(V4), AAAA: addresses(V6), HTTPS: SERVICE };
const otherReplies: readonly DnsReply[] = [NODATA, TRUNCATED, failure('nxdomain'), failure('servfail'), failure('network')];
const systemReplies: readonly SystemReply[] = [
  { kind: 'addresses', addresses: [V4, V6] },
  { kind: 'failure', failure: 'temporary' },
];

/** What becomes of one query or lookup: which reply, after how long; no delay: lost. */
const fate = fc.record({ reply: fc.nat(), delay: fc.option(fc.integer({ min: 0, max: 4000 }), { freq: 4 }) });
const calls = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 6000 }), host: fc.constantFrom('a.test', 'b.test', '192.0.2.7'), cancelAfter: fc.option(fc.integer({ min: 0, max: 3000 })) }),
  { minLength: 1, maxLength: 6 },
);
const options: fc.Arbitrary<ResolverOptions> = fc
  .record({
    ipv6: fc.boolean(),
    tasks: fc.constantFrom(['dns', 'system'] as const, ['dns'] as const, ['system'] as const),
    addressFailure: fc.constantFrom('fails-task' as const, 'negative' as const),
    transports: fc.constantFrom(['udp'] as const, ['udp', 'udp'] as const, ['https', 'tcp'] as const),
    stale: fc.constantFrom('unused' as const, 'served' as const),
    failures: fc.constantFrom('kept' as const, 'asked-again' as const),
    drain: fc.constantFrom(0, 1000),
  })
  .map(({ transports, stale, failures, ...rest }) => ({
    ...CHROMIUM_RESOLVER,
    ...rest,
    servers: { ...CHROMIUM_RESOLVER.servers, transports },
    cache: { ...CHROMIUM_RESOLVER.cache, minimumTtl: 1000, stale, failures },
  }));

/** On behalf of a request, by its index; its host itself or another name. */
const furtherQueries = fc.array(
  fc.record({
    of: fc.nat({ max: 5 }),
    at: fc.integer({ min: 0, max: 8000 }),
    name: fc.constantFrom('a.test', 'svc.test'),
    type: fc.constantFrom('A' as const, 'AAAA' as const, 'HTTPS' as const),
    wants: fc.constantFrom('any-answer' as const, 'fresh-answer' as const),
  }),
  { minLength: 1, maxLength: 6 },
);

const scenario = fc.record({ options, calls, fates: fc.array(fate, { minLength: 1, maxLength: 20 }) });
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;
type FurtherQueries = typeof furtherQueries extends fc.Arbitrary<infer T> ? T : never;

/** All outputs until nothing moves any more. */
function run({ options: given, calls: requests, fates }: Scenario, further: FurtherQueries = []): ResolverOutput[] {
  const resolver = createResolver(given);
  const outputs: ResolverOutput[] = [];
  const agenda: { at: number; act: (at: number) => void }[] = [];
  let asked = 0;
  let now = 0;

  for (const [id, { at, host, cancelAfter }] of requests.entries()) {
    agenda.push({ at, act: (t) => resolver.request(id, { host, scheme: 'https', port: 443 }, t) });
    if (cancelAfter !== null) agenda.push({ at: at + cancelAfter, act: (t) => resolver.cancel(id, t) });
  }
  for (const { of, at, name, type, wants } of further) {
    const request = requests[of];
    // One that is not there, not yet or not any more, has nothing to ask.
    if (request === undefined || at < request.at || (request.cancelAfter !== null && at >= request.at + request.cancelAfter)) continue;
    agenda.push({ at, act: (t) => resolver.ask(of, { name, type }, t, wants) });
  }
  for (let step = 0; step < 2000; step++) {
    for (const output of resolver.takeOutputs()) {
      outputs.push(output);
      if (output.kind !== 'send-query' && output.kind !== 'system-lookup') continue;
      const { reply, delay } = fates[asked++ % fates.length] ?? { reply: 0, delay: 0 };
      if (output.kind === 'system-lookup') {
        const answer = systemReplies[reply % systemReplies.length] ?? { kind: 'failure', failure: 'not-found' };
        // getaddrinfo always returns in the end.
        agenda.push({ at: now + (delay ?? 15_000), act: (t) => resolver.systemReply(output.lookupId, answer, t) });
      } else if (delay !== null) {
        const answer = otherReplies[reply % (otherReplies.length + 3)] ?? data[output.type];
        agenda.push({ at: now + delay, act: (t) => resolver.dnsReply(output.attemptId, answer, t) });
      }
    }
    agenda.sort((one, other) => one.at - other.at);
    const wakeAt = resolver.nextWakeAt();
    const next = agenda[0];
    if (wakeAt === undefined && next === undefined) return outputs;
    if (next !== undefined && (wakeAt === undefined || next.at <= wakeAt)) {
      agenda.shift();
      now = next.at;
      next.act(now);
    } else if (wakeAt !== undefined) {
      expect(wakeAt).toBeGreaterThanOrEqual(now);
      now = wakeAt;
      resolver.wake(now);
    }
  }
  throw new Error('the resolver does not come to rest');
}

it('every request ends exactly once, and nothing is under way afterwards', () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const outputs = run(given);
      for (const [id, { at, cancelAfter }] of given.calls.entries()) {
        const finished = outputs.filter((output) => output.kind === 'finished' && output.requestId === id);
        const cancelledAt = cancelAfter === null ? Infinity : at + cancelAfter;
        expect(finished.length).toBe(finished.length === 0 && cancelledAt < Infinity ? 0 : 1);
        expect(outputs.filter((o) => 'requestId' in o && o.requestId === id && o.at > cancelledAt)).toEqual([]);
      }
      expectNothingUnderWay(outputs);
    }),
    { numRuns: 500 },
  );
});

it('a request finishes again after each further query, fresh or not, and nothing is under way afterwards', () => {
  fc.assert(
    fc.property(scenario, furtherQueries, (given, further) => {
      const outputs = run(given, further);
      expectNothingUnderWay(outputs);
      for (const [id, { cancelAfter }] of given.calls.entries()) {
        if (cancelAfter !== null) continue;
        const own = outputs.filter((output) => 'requestId' in output && output.requestId === id);
        expect(own.findLast(({ kind }) => kind === 'finished' || kind === 'answer')?.kind).toBe('finished');
      }
    }),
    { numRuns: 300 },
  );
});

function expectNothingUnderWay(outputs: readonly ResolverOutput[]): void {
  const balance = (started: ResolverOutput['kind'], ended: ResolverOutput['kind']): number =>
    outputs.filter(({ kind }) => kind === started).length - outputs.filter(({ kind }) => kind === ended).length;
  expect(balance('job-started', 'job-ended')).toBe(0);
  expect(balance('task-started', 'task-ended')).toBe(0);
  expect(balance('transaction-started', 'transaction-ended')).toBe(0);
  const open = new Set<number>();
  for (const output of outputs) {
    if (output.kind === 'send-query') open.add(output.attemptId);
    if (output.kind === 'cancel-query' || output.kind === 'attempt-ended') expect(open.delete(output.attemptId)).toBe(true);
  }
  expect(open.size).toBe(0);
}

it('a finished request has an address in force if and only if it succeeded', () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const inForce = new Map<string, DnsAnswer>();
      for (const output of run(given)) {
        if (output.kind === 'answer') inForce.set(`${output.requestId} ${output.query.type}`, output.answer);
        if (output.kind === 'answers-withdrawn') for (const type of ['HTTPS', 'AAAA', 'A']) inForce.delete(`${output.requestId} ${type}`);
        if (output.kind !== 'finished' || given.options.cache.stale === 'served') continue;
        const found = ['AAAA', 'A'].map((type) => inForce.get(`${output.requestId} ${type}`));
        expect(found.some((answer) => answer?.kind === 'answer' && answer.addresses.length > 0)).toBe(output.outcome.kind === 'ok');
      }
    }),
    { numRuns: 500 },
  );
});

it('no transaction asks more than its attempts allow, and no query is asked by two jobs at a time', () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const { transports, attemptsPerServer } = given.options.servers;
      const perTransaction = new Map<number, number>();
      const running = new Map<number, readonly string[]>();
      for (const output of run(given)) {
        if (output.kind === 'send-query') perTransaction.set(output.transactionId, (perTransaction.get(output.transactionId) ?? 0) + 1);
        if (output.kind === 'job-started') {
          const queries = output.queries.map(({ name, type }) => `${type} ${name}`);
          for (const others of running.values()) expect(others.filter((other) => queries.includes(other))).toEqual([]);
          running.set(output.jobId, queries);
        }
        if (output.kind === 'job-ended') running.delete(output.jobId);
      }
      for (const count of perTransaction.values()) expect(count).toBeLessThanOrEqual(transports.length * attemptsPerServer + 1);
    }),
    { numRuns: 300 },
  );
});
