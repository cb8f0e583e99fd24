import { expect, test } from 'vitest';
import { isBadPort } from '../../../src/engine/svcb/bad-ports.ts';

test('SB-20: ports of other protocols are bad, those of HTTP are not', () => {
  expect([0, 1, 22, 25, 587, 6000, 6669, 10080].filter((port) => !isBadPort(port))).toEqual([]);
  expect([80, 443, 591, 3000, 6670, 8080, 8443, 65535].filter(isBadPort)).toEqual([]);
});
