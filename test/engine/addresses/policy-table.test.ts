import { describe, expect, it } from 'vitest';
import { addressBits } from '../../../src/engine/addresses/address-bits.ts';
import { policyOf, rfc6724PolicyTable, updatedPolicyTable } from '../../../src/engine/addresses/policy-table.ts';

/** An address, then precedence and label in RFC 6724 §2.1 and in draft-ietf-6man-rfc6724-update. */
const rows: readonly [address: string, rfc6724: [number, number], updated: [number, number]][] = [
  ['::1', [50, 0], [50, 0]],
  ['2001:db8::1', [40, 1], [40, 1]],
  ['fe80::1', [40, 1], [40, 1]],
  ['192.0.2.1', [35, 4], [20, 4]],
  ['::ffff:192.0.2.1', [35, 4], [20, 4]],
  ['2002:c000:201::1', [30, 2], [5, 2]],
  ['2001::1', [5, 5], [5, 5]],
  ['fd00::1', [3, 13], [30, 13]],
  ['fc00::1', [3, 13], [30, 13]],
  ['::c000:201', [1, 3], [1, 3]],
  ['fec0::1', [1, 11], [1, 11]],
  ['3ffe::1', [1, 12], [1, 12]],
];

describe('policyOf', () => {
  it.each(rows)('gives %s the row of its longest prefix in either table', (address, rfc6724, updated) => {
    const policyIn = (table: typeof rfc6724PolicyTable) => {
      const { precedence, label } = policyOf(addressBits(address), table);
      return [precedence, label];
    };
    expect(policyIn(rfc6724PolicyTable)).toEqual(rfc6724);
    expect(policyIn(updatedPolicyTable([]))).toEqual(updated);
  });

  it('lifts known-local prefixes, and only those, to precedence 45 and label 14', () => {
    const table = updatedPolicyTable(['fd12:3456:789a::/48']);
    expect(policyOf(addressBits('fd12:3456:789a:1::1'), table)).toMatchObject({ precedence: 45, label: 14 });
    expect(policyOf(addressBits('fd12:3456:789b::1'), table)).toMatchObject({ precedence: 30, label: 13 });
  });

  it.each(['2001:db8::/48', 'fc00::/8', 'fd00::/7', '10.0.0.0/8'])('refuses %s as a known-local prefix', (prefix) => {
    expect(() => updatedPolicyTable([prefix])).toThrow('fd00::/8');
  });
});
