/** Addresses within a page: what somebody can send to somebody else. */
import { describe, expect, test } from 'vitest';
import { addressText, parseAddress, type Address } from '../../src/page/address.ts';

const ADDRESSES: readonly [string, Address][] = [
  ['#', { trace: 0, place: { kind: 'overview' } }],
  ['#races', { trace: 0, place: { kind: 'overview', section: 'races' } }],
  ['#race-1042', { trace: 0, place: { kind: 'race', id: 1042 } }],
  ['#race--7', { trace: 0, place: { kind: 'race', id: -7 } }],
  ['#race-1042/event-77', { trace: 0, place: { kind: 'race', id: 1042, eventIndex: 77 } }],
  ['#source-9', { trace: 0, place: { kind: 'source', id: 9 } }],
  ['#trace-2/race-5', { trace: 1, place: { kind: 'race', id: 5 } }],
  ['#trace-3', { trace: 2, place: { kind: 'overview' } }],
];

describe('an address', () => {
  test.each(ADDRESSES)('%s is read and written', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    expect(addressText(address)).toBe(text);
  });

  test.each(['', '#race-', '#race-x', '#<img>', '#race-1e9', '#trace-0', '#trace-99999999999/race-1', '#__proto__', '#race-1/event-x'])(
    '%j that nothing made leads to something that exists',
    (text) => {
      const { trace, place } = parseAddress(text);
      expect(Number.isSafeInteger(trace) && trace >= 0).toBe(true);
      expect(place.kind === 'overview' ? (place.section ?? '') : String(place.id)).toMatch(/^(?:[a-z]*|1)$/);
    },
  );
});
