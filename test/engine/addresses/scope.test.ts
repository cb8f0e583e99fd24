import { expect, it } from 'vitest';
import { addressBits } from '../../../src/engine/addresses/address-bits.ts';
import { scopeOf } from '../../../src/engine/addresses/scope.ts';

it.each([
  ['fe80::1', 2],
  ['febf::1', 2],
  ['::1', 2],
  ['169.254.13.78', 2],
  ['127.0.0.1', 2],
  ['fec0::1', 5],
  ['feff::1', 5],
  ['ff01::1', 1],
  ['ff02::1', 2],
  ['ff05::1', 5],
  ['ff0e::1', 14],
  ['2001:db8::1', 14],
  ['fd00::1', 14],
  ['10.1.2.3', 14],
  ['192.168.0.1', 14],
  ['198.51.100.1', 14],
  ['169.255.0.1', 14],
])('RFC 6724 §3.1, §3.2: the scope of %s is %i', (address, scope) => {
  expect(scopeOf(addressBits(address))).toBe(scope);
});
