import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DestinationHistory,
  type DestinationSorterOptions,
  createDestinationSorter,
} from '../../../src/engine/addresses/destination-sorter.ts';
import { rfc6724PolicyTable, updatedPolicyTable } from '../../../src/engine/addresses/policy-table.ts';
import type { SourceAddress } from '../../../src/engine/addresses/source-selection.ts';
import { ipv4Address, ipv6Address } from './arbitraries.ts';

type Flags = Omit<SourceAddress, 'address' | 'prefixLength'>;

function source(address: string, flags: Flags = {}): SourceAddress {
  return { address, prefixLength: address.includes(':') ? 64 : 24, ...flags };
}

function sorter(sources: readonly SourceAddress[], options: Partial<DestinationSorterOptions> = {}) {
  return createDestinationSorter({
    sources,
    policyTable: rfc6724PolicyTable,
    longestPrefixForIpv4: false,
    ...options,
  });
}

function history(roundTripTimes: Record<string, number>, ...used: string[]): DestinationHistory {
  return { roundTripTimes: new Map(Object.entries(roundTripTimes)), used: new Set(used) };
}

const dualStack = [source('2001:db8:ffff::2'), source('198.51.100.2')];

describe('RFC 6724 §10.2, all but the one with a home address', () => {
  it.each<[rule: string, sources: SourceAddress[], first: string, second: string]>([
    [
      'matching scope',
      [source('2001:db8:1::2'), source('fe80::1'), source('169.254.13.78')],
      '2001:db8:1::1',
      '198.51.100.121',
    ],
    ['matching scope', [source('fe80::1'), source('198.51.100.117')], '198.51.100.121', '2001:db8:1::1'],
    [
      'higher precedence',
      [source('2001:db8:1::2'), source('fe80::1'), source('10.1.2.4')],
      '2001:db8:1::1',
      '10.1.2.3',
    ],
    ['smaller scope', [source('2001:db8:1::2'), source('fe80::2')], 'fe80::1', '2001:db8:1::1'],
    [
      'deprecated addresses',
      [source('2001:db8:1::2'), source('fe80::2', { deprecated: true })],
      '2001:db8:1::1',
      'fe80::1',
    ],
    [
      'longest matching prefix',
      [source('2001:db8:1::2'), source('2001:db8:3f44::2'), source('fe80::2')],
      '2001:db8:1::1',
      '2001:db8:3ffe::1',
    ],
    ['matching label', [source('2002:c633:6401::2'), source('fe80::2')], '2002:c633:6401::1', '2001:db8:1::1'],
    [
      'higher precedence',
      [source('2002:c633:6401::2'), source('2001:db8:1::2'), source('fe80::2')],
      '2001:db8:1::1',
      '2002:c633:6401::1',
    ],
  ])('%s', (_rule, sources, first, second) => {
    const client = sorter(sources);
    expect(client.sort([first, second])).toEqual([first, second]);
    expect(client.sort([second, first])).toEqual([first, second]);
  });
});

describe('RFC 6724 §6', () => {
  it('rule 1, D-27: a destination without a source comes last, whatever its precedence', () => {
    // Scope and label of fec0::1 do not go with the source either: nothing but rule 1 speaks for it.
    expect(sorter([source('2001:db8::2')]).sort(['192.0.2.1', 'fec0::1'])).toEqual(['fec0::1', '192.0.2.1']);
    expect(sorter([source('198.51.100.2')]).sort(['2001:db8::1', '192.0.2.1'])).toEqual(['192.0.2.1', '2001:db8::1']);
  });

  it('rule 7: native transport comes before a tunnel', () => {
    const client = sorter([source('2001:db8:1::2', { encapsulated: true }), source('2001:db8:2::2')]);
    expect(client.sort(['2001:db8:1::1', '2001:db8:2::1'])).toEqual(['2001:db8:2::1', '2001:db8:1::1']);
  });

  it('rule 9 holds for IPv4 by choice only', () => {
    const answer = ['203.0.113.1', '198.51.100.1'];
    expect(sorter(dualStack).sort(answer)).toEqual(answer);
    expect(sorter(dualStack, { longestPrefixForIpv4: true }).sort(answer)).toEqual(['198.51.100.1', '203.0.113.1']);
  });

  it('rule 10: equals keep the order they came in', () => {
    const answer = ['2001:db8::3', '2001:db8::1', '2001:db8::2'];
    expect(sorter(dualStack).sort(answer)).toEqual(answer);
  });

  it('D-26: a unique local destination comes after IPv4 in RFC 6724, before it in the update', () => {
    const sources = [source('fd00::2'), source('198.51.100.2')];
    expect(sorter(sources).sort(['fd00::1', '192.0.2.1'])).toEqual(['192.0.2.1', 'fd00::1']);
    const updated = sorter(sources, { policyTable: updatedPolicyTable([]) });
    expect(updated.sort(['192.0.2.1', 'fd00::1'])).toEqual(['fd00::1', '192.0.2.1']);
  });

  it('a known-local destination comes before a global one', () => {
    const sources = [source('fd00::2'), source('2001:db8:1::2')];
    const answer = ['2001:db8:1::1', 'fd00::1'];
    expect(sorter(sources, { policyTable: updatedPolicyTable([]) }).sort(answer)).toEqual(answer);
    const local = sorter(sources, { policyTable: updatedPolicyTable(['fd00::/48']) });
    expect(local.sort(answer)).toEqual(['fd00::1', '2001:db8:1::1']);
  });
});

describe('history', () => {
  const client = sorter(dualStack);

  it('D-28: does not weigh against precedence, so IPv6 stays before a faster IPv4', () => {
    const past = history({ '192.0.2.1': 10, '2001:db8::1': 80 });
    expect(client.sort(['192.0.2.1', '2001:db8::1'], past)).toEqual(['2001:db8::1', '192.0.2.1']);
  });

  it('HE-42, D-28: puts the lower round-trip time first within a family', () => {
    const past = history({ '2001:db8::1': 80, '2001:db8::2': 20 }, '2001:db8::1');
    expect(client.sort(['2001:db8::1', '2001:db8::2'], past)).toEqual(['2001:db8::2', '2001:db8::1']);
  });

  it('HE-42: puts an unknown round-trip time last, so that three cannot each precede the next', () => {
    const answer = ['2001:db8::10', '2001:db8::11', '2001:db8::12'];
    const past = history({ '2001:db8::10': 80, '2001:db8::12': 20 });
    expect(client.sort(answer, past)).toEqual(['2001:db8::12', '2001:db8::10', '2001:db8::11']);
  });

  it('HE-42: comes before the longest matching prefix', () => {
    const answer = ['2001:db8:ffff::1', '2001:db8::1'];
    expect(client.sort(answer)).toEqual(answer);
    expect(client.sort(answer, history({ '2001:db8:ffff::1': 80, '2001:db8::1': 20 }))).toEqual(answer.toReversed());
  });

  it('HE-43: puts used addresses first, before the longest matching prefix', () => {
    const answer = ['2001:db8:ffff::1', '2001:db8::1'];
    expect(client.sort(answer, history({}, '2001:db8::1'))).toEqual(answer.toReversed());
  });

  it('is forgotten with the next sort', () => {
    const answer = ['2001:db8::1', '2001:db8::2'];
    expect(client.sort(answer, history({}, '2001:db8::2'))).toEqual(answer.toReversed());
    expect(client.sort(answer)).toEqual(answer);
  });
});

describe('sort, for any client and answer', () => {
  const address = fc.oneof(ipv4Address, ipv6Address);
  const flags = fc.record({ deprecated: fc.boolean(), temporary: fc.boolean(), encapsulated: fc.boolean() });
  const sources = fc.array(fc.tuple(address, flags).map(([text, set]) => source(text, set)), { maxLength: 5 });
  const options = fc.record({
    sources,
    policyTable: fc.constantFrom(rfc6724PolicyTable, updatedPolicyTable(['fd12:3456::/48'])),
    longestPrefixForIpv4: fc.boolean(),
  });
  const answerWithPast = fc.uniqueArray(address, { maxLength: 12 }).chain((answer) =>
    fc.record({
      answer: fc.constant(answer),
      shuffled: fc.shuffledSubarray(answer, { minLength: answer.length }),
      roundTripTimes: fc.array(fc.tuple(fc.constantFrom(...answer, '::'), fc.integer({ min: 1, max: 5 }))),
      used: fc.subarray(answer),
    }),
  );

  it('loses and invents nothing, and sorting again changes nothing', () => {
    fc.assert(
      fc.property(options, answerWithPast, (chosen, { answer, roundTripTimes, used }) => {
        const past = { roundTripTimes: new Map(roundTripTimes), used: new Set(used) };
        const client = createDestinationSorter(chosen);
        const sorted = client.sort(answer, past);
        expect(sorted.toSorted()).toEqual(answer.toSorted());
        expect(client.sort(sorted, past)).toEqual(sorted);
      }),
    );
  });

  it('puts any two as it would put those two alone', () => {
    fc.assert(
      fc.property(options, answerWithPast, (chosen, { answer, shuffled, roundTripTimes, used }) => {
        const past = { roundTripTimes: new Map(roundTripTimes), used: new Set(used) };
        const client = createDestinationSorter(chosen);
        const sorted = client.sort(answer, past);
        const [a, b] = shuffled;
        fc.pre(a !== undefined && b !== undefined);
        const pair = answer.filter((one) => one === a || one === b);
        expect(sorted.filter((one) => pair.includes(one))).toEqual(client.sort(pair, past));
      }),
    );
  });
});
