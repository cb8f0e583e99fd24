/** Names in DNS messages: compression, and what must not cost more than a name can be long. */
import { expect, it } from 'vitest';
import { readName } from '../../../src/model/dns/domain-name.ts';
import { type Octets, hex, name, view } from './messages.ts';

/** The root, and behind it as many pointers, each to the one before it. */
function chain(pointers: number): Octets {
  return [0, 0, ...Array.from({ length: pointers }, (_, i) => [0xc0 | ((i * 2) >> 8), (i * 2) & 0xff]).flat()];
}

it('joins a name from pieces, and goes on behind the first pointer', () => {
  const octets = [...name('b.test'), 3, ...hex('777777'), 0xc0, 0, 0xff];
  expect(readName(view(octets), 8, 'compressed')).toEqual({ name: 'www.b.test', end: 14 });
});

it('follows no more pointers than a name can have labels', () => {
  expect(readName(view(chain(127)), 2 * 127, 'compressed')).toEqual({ name: '.', end: 2 * 127 + 2 });
  expect(() => readName(view(chain(128)), 2 * 128, 'compressed')).toThrow(RangeError);
});

it('follows no pointer forward, nor to itself', () => {
  expect(() => readName(view(hex('c002 00')), 0, 'compressed')).toThrow(RangeError);
  expect(() => readName(view(hex('c000')), 0, 'compressed')).toThrow(RangeError);
});
