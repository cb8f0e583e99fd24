import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecordSet } from '../../../src/engine/svcb/record-set.ts';
import { alias, failure, https, inOrder, service } from './lookups.ts';

const never = (): number => {
  throw new Error('nothing to choose from');
};
const targets = (set: ReturnType<typeof readRecordSet>) =>
  set.kind === 'services' ? set.records.map(({ target }) => target) : [];

test('HE-15, SB-13: NXDOMAIN and NODATA mean no records, other failures are failures', () => {
  expect(readRecordSet(failure('nxdomain'), never)).toEqual({ kind: 'none' });
  expect(readRecordSet(https('o'), never)).toEqual({ kind: 'none' });
  for (const reason of ['servfail', 'refused', 'malformed', 'timeout', 'network'] as const) {
    expect(readRecordSet(failure(reason), never)).toEqual({ kind: 'failure' });
  }
});

test('D-38, SB-02: an AliasMode record makes the others count for nothing', () => {
  expect(readRecordSet(https('o', service(1, '.'), alias('s1')), never)).toEqual({ kind: 'alias', target: 's1' });
});

test('SB-06: the alias "." means that there is no service', () => {
  expect(readRecordSet(https('o', alias('.')), never)).toEqual({ kind: 'none' });
});

test('SB-02: one of several aliases is picked at random', () => {
  const picked = [0, 0.4, 0.9].map((draw) => readRecordSet(https('o', alias('a'), alias('b')), () => draw));
  expect(new Set(picked.map((set) => set.kind === 'alias' && set.target))).toEqual(new Set(['a', 'b']));
});

test('SB-08: lowest priority first, and nothing drawn where there is no tie', () => {
  const answer = https('o', service(3, 'c'), service(1, 'a'), service(2, 'b'));
  expect(targets(readRecordSet(answer, never))).toEqual(['a', 'b', 'c']);
});

test('D-23, HE-39: equal priorities come in every order, all equally often', () => {
  const answer = https('o', service(1, 'a'), service(1, 'b'), service(1, 'c'), service(9, 'z'));
  const seen = new Map<string, number>();
  // Every pair of draws in steps of a sixth: each of the six orders in 6 of 36.
  for (let i = 0; i < 36; i++) {
    const draws = [(i % 6) / 6, Math.floor(i / 6) / 6];
    const order = targets(readRecordSet(answer, () => draws.shift()!)).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect([...seen.keys()].sort()).toEqual(['abcz', 'acbz', 'bacz', 'bcaz', 'cabz', 'cbaz']);
  expect(new Set(seen.values())).toEqual(new Set([6]));
});

test('SB-22: several hints are shuffled, the record is left alone otherwise', () => {
  const record = service(1, '.', { alpn: ['h3'], ipv4Hints: ['192.0.2.1', '192.0.2.2'], ipv6Hints: ['2001:db8::1'] });
  const shuffled = { ...record, params: { ...record.params, ipv4Hints: ['192.0.2.2', '192.0.2.1'] } };
  expect(readRecordSet(https('o', record), () => 0)).toEqual({ kind: 'services', owner: 'o', records: [shuffled] });
  expect(readRecordSet(https('o', record), inOrder)).toEqual({ kind: 'services', owner: 'o', records: [record] });
});

test('no record is lost or made, and priorities ascend', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (priorities, draws) => {
        const records = priorities.map((priority, index) => service(priority, `t${index}`));
        const set = readRecordSet(https('o', ...records), () => draws.next().value);
        if (set.kind !== 'services') throw new Error('services expected');
        expect(new Set(set.records)).toEqual(new Set(records));
        expect(set.records.map(({ priority }) => priority)).toEqual(priorities.toSorted((a, b) => a - b));
      },
    ),
  );
});
