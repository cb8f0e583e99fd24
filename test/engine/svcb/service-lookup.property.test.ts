import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DnsAnswer, Query, ServiceRecord } from '../../../src/engine/dns.ts';
import { type ServiceLookup, createServiceLookup } from '../../../src/engine/svcb/service-lookup.ts';
import { addresses, defaults, failure, https, inOrder, origin, queryText, service } from './lookups.ts';

/** Few names, so that aliases and targets meet, chains get long and circles close. */
const names = ['example.com', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7'];
const name = fc.constantFrom(...names);

const record: fc.Arbitrary<ServiceRecord> = fc
  .record({
    priority: fc.constantFrom(0, 1, 2, 3),
    target: fc.oneof({ arbitrary: name, weight: 5 }, fc.constant('.')),
    alpn: fc.constantFrom(['h3'], ['h2'], ['h3', 'h2'], ['foo'], []),
    ech: fc.boolean(),
    ipv6Hints: fc.constantFrom(undefined, ['2001:db8::9']),
  })
  .map(({ priority, target, alpn, ech, ipv6Hints }) =>
    service(priority, target, { alpn, ...(ech && { ech: 'AEX+' }), ...(ipv6Hints && { ipv6Hints }) }),
  );
const aliasOrServices = fc.oneof(
  name.map((target) => [service(0, target)]),
  fc.array(record, { maxLength: 5 }),
);

/** What DNS holds: an HTTPS answer and an address answer for each name. */
const zone = fc.tuple(
  fc.array(fc.oneof({ arbitrary: aliasOrServices, weight: 6 }, fc.constant(undefined)), { minLength: 8, maxLength: 8 }),
  fc.array(fc.constantFrom([], ['192.0.2.1'], ['192.0.2.2', '192.0.2.3']), { minLength: 8, maxLength: 8 }),
);
type Zone = typeof zone extends fc.Arbitrary<infer T> ? T : never;

const world = fc.record({
  zone,
  aliasLimit: fc.integer({ min: 1, max: 4 }),
  targetLimit: fc.integer({ min: 0, max: 3 }),
  followUps: fc.boolean(),
  protectedDns: fc.boolean(),
  alternatives: fc.array(
    fc.record({ protocol: fc.constantFrom('h3' as const, 'h2' as const), host: name }),
    { maxLength: 2 },
  ),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function resolve([records, addressLists]: Zone, { name: asked, type }: Query): DnsAnswer {
  const index = names.indexOf(asked);
  if (type !== 'HTTPS') return addresses(...addressLists[index]!);
  const found = records[index];
  return found === undefined ? failure() : https(asked, ...found);
}

/** Runs a lookup to its end; `choose` says which open query is answered next. */
function run({ zone: data, alternatives, ...options }: World, choose: (open: number) => number) {
  const machine: ServiceLookup = createServiceLookup({ ...origin, alternatives }, { ...defaults, ...options }, inOrder);
  const open = [...machine.start()];
  const started = open.length;
  const asked = [...open];
  while (open.length > 0) {
    const [query] = open.splice(choose(open.length), 1);
    const more = machine.answer(query!, resolve(data, query!));
    open.push(...more);
    asked.push(...more);
    expect(new Set(machine.view().openQueries)).toEqual(new Set(open));
  }
  return { view: machine.view(), asked, followUps: asked.slice(started) };
}

test('no query is asked twice, follow-ups stay within their limits, and the lookup ends', () => {
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat()), (given, choices) => {
      const { asked, followUps, view } = run(given, (open) => choices.next().value % open);
      expect(new Set(asked.map(queryText)).size).toBe(asked.length);
      const leads = 1 + given.alternatives.length;
      const recordQueries = followUps.filter(({ type }) => type === 'HTTPS').length;
      expect(recordQueries).toBeLessThanOrEqual(given.aliasLimit * leads);
      const followedNames = new Set(followUps.map((query) => query.name)).size;
      expect(followedNames).toBeLessThanOrEqual((given.aliasLimit + given.targetLimit) * leads);
      if (!given.followUps) expect(followUps).toEqual([]);
      expect(view.info).not.toBe('pending');
      expect(view.services.filter(({ provisional }) => provisional)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('the view does not depend on the order of the answers', () => {
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat()), (given, choices) => {
      const first = run(given, () => 0);
      const other = run(given, (open) => choices.next().value % open);
      expect(other.view).toEqual(first.view);
      expect(new Set(other.asked.map(queryText))).toEqual(new Set(first.asked.map(queryText)));
    }),
    { numRuns: 500 },
  );
});

test('services keep their rank: records by priority, alias target, alternatives, authority', () => {
  const rank = ['service-record', 'alias-target', 'alt-svc', 'authority'];
  fc.assert(
    fc.property(world, (given) => {
      const { services } = run(given, () => 0).view;
      const ranks = services.map(({ kind }) => rank.indexOf(kind));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      const priorities = services.filter(({ kind }) => kind === 'service-record').map(({ priority }) => priority!);
      expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
      expect(services.filter(({ quic, tcp }) => quic.length + tcp.length === 0)).toEqual([]);
    }),
  );
});
