/** Addresses and endpoints in the text form of RFC 5952 and of the report contract. */
import { expect, test } from 'vitest';
import { canonicalAddress, canonicalHost, formatEndpoint, parseEndpoint } from '../src/address.ts';

test.each([
  // RFC 5952 §4.1 leading zeros, §4.2.2 no "::" for one group, §4.2.3 the longest run, then the first, §4.3 lower case.
  ['2001:0db8::0001', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:DB8::A', '2001:db8::a'],
  ['[::1]', '::1'],
  ['192.0.2.1', '192.0.2.1'],
])('%s is written %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test.each(['', 'a.test', '10.1', '010.0.0.1', '256.0.0.1', '::1::', '1:2:3', 'https://[::1]', ':'])('"%s" is no address', (text) => {
  expect(canonicalAddress(text)).toBeUndefined();
});

test('endpoints are read and written with brackets around IPv6', () => {
  for (const text of ['[2001:db8::1]:443', '192.0.2.1:80']) expect(formatEndpoint(parseEndpoint(text) ?? { address: '', port: 0 })).toBe(text);
  for (const text of ['2001:db8::1:443', '192.0.2.1', 'a.test:443', '192.0.2.1:65536', '192.0.2.1:']) expect(parseEndpoint(text)).toBeUndefined();
});

test('hosts compare in lower case without a trailing dot', () => {
  expect(canonicalHost('A.Test.')).toBe('a.test');
  expect(canonicalHost('[2001:DB8::1]')).toBe('2001:db8::1');
});
