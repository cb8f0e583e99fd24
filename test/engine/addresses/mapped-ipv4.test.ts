/** IPv4 addresses in the guise of IPv6. */
import { expect, it } from 'vitest';
import { unmapped } from '../../../src/engine/addresses/mapped-ipv4.ts';

it.each([
  ['an IPv4-mapped address', '::ffff:c000:201', '192.0.2.1'],
  ['one whose first bits are zero', '::ffff:0:1', '0.0.0.1'],
  ['an IPv6 address', '2001:db8::1', '2001:db8::1'],
  ['an IPv6 address that only looks alike', '::ffff:0:0:1', '::ffff:0:0:1'],
  ['an IPv4 address', '192.0.2.1', '192.0.2.1'],
])('%s', (_, address, expected) => {
  expect(unmapped(address)).toBe(expected);
});
