import { describe, expect, it } from 'vitest';
import { addressBits } from '../../../src/engine/addresses/address-bits.ts';
import { rfc6724PolicyTable } from '../../../src/engine/addresses/policy-table.ts';
import {
  type SourceAddress,
  candidateSources,
  selectSource,
} from '../../../src/engine/addresses/source-selection.ts';

type Flags = Omit<SourceAddress, 'address' | 'prefixLength'>;

function source(address: string, flags: Flags = {}, prefixLength = address.includes(':') ? 64 : 24): SourceAddress {
  return { address, prefixLength, ...flags };
}

function select(destination: string, ...sources: SourceAddress[]): string | undefined {
  const candidates = candidateSources(sources, rfc6724PolicyTable);
  return selectSource(addressBits(destination), candidates, rfc6724PolicyTable)?.source.address;
}

const deprecated = { deprecated: true };
const temporary = { temporary: true };

describe('selectSource', () => {
  it.each<[rule: string, destination: string, chosen: SourceAddress, other: SourceAddress]>([
    ['rule 2, appropriate scope', '2001:db8:1::1', source('2001:db8:3::1'), source('fe80::1')],
    ['rule 2, appropriate scope', 'ff05::1', source('2001:db8:3::1'), source('fe80::1')],
    ['rule 1, same address', '2001:db8:1::1', source('2001:db8:1::1', deprecated), source('2001:db8:2::1')],
    ['rule 2, appropriate scope', 'fe80::1', source('fe80::2', deprecated), source('2001:db8:1::1')],
    ['rule 8, longest prefix', '2001:db8:1::1', source('2001:db8:1::2'), source('2001:db8:3::2')],
    [
      'rule 6, matching label',
      '2002:c633:6401::1',
      source('2002:c633:6401::d5e3:7953:13eb:22e8', temporary),
      source('2001:db8:1::2'),
    ],
    [
      'rule 7, temporary address',
      '2001:db8:1::d5e3:0:0:1',
      source('2001:db8:1::d5e3:7953:13eb:22e8', temporary),
      source('2001:db8:1::2'),
    ],
  ])('RFC 6724 §10.1, %s: for %s', (_rule, destination, chosen, other) => {
    expect(select(destination, chosen, other)).toBe(chosen.address);
    expect(select(destination, other, chosen)).toBe(chosen.address);
  });

  it('rule 2: of scopes too narrow takes the widest', () => {
    expect(select('2001:db8::1', source('fe80::2'), source('fec0::2'))).toBe('fec0::2');
  });

  it('rule 3: avoids a deprecated address, though its prefix matches longer', () => {
    expect(select('2001:db8:1::1', source('2001:db8:1::2', deprecated), source('2001:db8:3::2'))).toBe('2001:db8:3::2');
  });

  it('rule 6: a native address goes before a Teredo one, though that matches longer', () => {
    expect(select('2001:db8::1', source('2001::2'), source('3fff::2'))).toBe('3fff::2');
  });

  it('rule 6: a unique local address goes with its like, a global one with the world', () => {
    const both = [source('2001:db8:1::2'), source('fd00::2')];
    expect(select('fd00:1::1', ...both)).toBe('fd00::2');
    expect(select('2001:db8:9::1', ...both)).toBe('2001:db8:1::2');
  });

  it('rule 8 looks no further than the prefix of the source', () => {
    // Within 64 bits both match in full; beyond, the second would match longer.
    expect(select('2001:db8::8', source('2001:db8::1'), source('2001:db8::9'))).toBe('2001:db8::1');
    expect(select('2001:db8::8', source('2001:db8::1', {}, 128), source('2001:db8::9', {}, 128))).toBe('2001:db8::9');
  });

  it('rule 8 counts the prefix of IPv4 in the bits of IPv4', () => {
    expect(select('192.0.2.1', source('198.51.100.2'), source('192.0.2.2'))).toBe('192.0.2.2');
    expect(select('192.0.2.1', source('192.0.9.2', {}, 16), source('192.0.2.2', {}, 16))).toBe('192.0.9.2');
  });

  it('D-27: finds no source for a family that the client has no address of', () => {
    expect(select('192.0.2.1', source('2001:db8::2'))).toBeUndefined();
    expect(select('2001:db8::1', source('192.0.2.2'))).toBeUndefined();
    expect(select('2001:db8::1')).toBeUndefined();
  });

  it('takes an IPv4-mapped destination for the IPv4 address it is', () => {
    expect(select('::ffff:192.0.2.1', source('2001:db8::2'), source('192.0.2.2'))).toBe('192.0.2.2');
  });
});
