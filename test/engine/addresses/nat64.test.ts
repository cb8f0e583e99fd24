import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../../src/address.ts';
import {
  type Nat64Prefix,
  desynthesise,
  extract,
  parseNat64Prefix,
  synthesise,
} from '../../../src/engine/addresses/nat64.ts';
import { ipv4Address, ipv6Address } from './arbitraries.ts';

function nat64(text: string): Nat64Prefix {
  const prefix = parseNat64Prefix(text);
  if (prefix === undefined) throw new Error(`Not a NAT64 prefix: ${text}`);
  return prefix;
}

const wellKnown = nat64('64:ff9b::/96');
/** The prefixes of RFC 6052 §2.4 table 2. */
const examples = [
  ['2001:db8::/32', '2001:db8:c000:221::'],
  ['2001:db8:100::/40', '2001:db8:1c0:2:21::'],
  ['2001:db8:122::/48', '2001:db8:122:c000:2:2100::'],
  ['2001:db8:122:300::/56', '2001:db8:122:3c0:0:221::'],
  ['2001:db8:122:344::/64', '2001:db8:122:344:c0:2:2100::'],
  ['2001:db8:122:344::/96', '2001:db8:122:344::c000:221'],
] as const;
const specificPrefixes = examples.map(([prefix]) => nat64(prefix));

describe('parseNat64Prefix', () => {
  it.each([
    ['an address', '64:ff9b::'],
    ['an IPv4 prefix', '192.0.2.0/24'],
    ['a length that RFC 6052 §2.2 does not have', '2001:db8::/63'],
    ['bits beyond the length', '2001:db8:1::/32'],
    ['bits 64 to 71 that are not zero', '2001:db8:0:0:100::/96'],
    ['words', 'not a prefix'],
  ])('refuses %s', (_what, text) => {
    expect(parseNat64Prefix(text)).toBeUndefined();
  });
});

describe('synthesise and extract', () => {
  it.each(examples)('RFC 6052 §2.4: 192.0.2.33 under %s is %s', (prefix, ipv6) => {
    expect(synthesise('192.0.2.33', nat64(prefix))).toBe(canonicalAddress(ipv6));
    expect(extract(ipv6, nat64(prefix))).toBe('192.0.2.33');
  });

  it('RFC 6052 §2.4 table 3: 192.0.2.33 under the well-known prefix', () => {
    expect(synthesise('192.0.2.33', wellKnown)).toBe('64:ff9b::c000:221');
  });

  it('are each other’s inverse for every prefix length', () => {
    fc.assert(
      fc.property(ipv4Address, fc.constantFrom(...specificPrefixes, wellKnown), (ipv4, prefix) => {
        const ipv6 = synthesise(ipv4, prefix);
        fc.pre(ipv6 !== undefined);
        expect(extract(ipv6, prefix)).toBe(ipv4);
      }),
    );
  });

  it('D-32: an IPv4 literal is synthesised', () => {
    expect(synthesise('198.51.100.7', wellKnown)).toBe('64:ff9b::c633:6407');
  });

  it.each(['0.0.0.0', '0.1.2.3', '127.0.0.1', '127.255.0.1', '169.254.1.1', '255.255.255.255'])(
    'HE-81, D-32: %s is never synthesised, and never extracted',
    (ipv4) => {
      for (const prefix of [wellKnown, ...specificPrefixes]) expect(synthesise(ipv4, prefix)).toBeUndefined();
    },
  );

  it.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '198.18.0.1', '224.0.0.1'])(
    'HE-82, D-33: %s is synthesised under a network-specific prefix, not under the well-known one',
    (ipv4) => {
      expect(synthesise(ipv4, wellKnown)).toBeUndefined();
      for (const prefix of specificPrefixes) expect(synthesise(ipv4, prefix)).toBeDefined();
    },
  );

  it.each(['9.255.255.255', '11.0.0.0', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '128.0.0.1'])(
    'HE-82: %s, next to such a range, is global',
    (ipv4) => {
      expect(synthesise(ipv4, wellKnown)).toBeDefined();
    },
  );

  it('does not extract what it would not synthesise', () => {
    expect(extract('64:ff9b::7f00:1', wellKnown)).toBeUndefined();
    expect(extract('64:ff9b::a00:1', wellKnown)).toBeUndefined();
    expect(extract('2001:db8:7f00:1::', nat64('2001:db8::/32'))).toBeUndefined();
  });

  it('RFC 6052 §2.2: ignores the bits after the IPv4 address, not those set aside as zero', () => {
    expect(extract('2001:db8:c000:221::ffff', nat64('2001:db8::/32'))).toBe('192.0.2.33');
    expect(extract('2001:db8:c000:221:100::', nat64('2001:db8::/32'))).toBeUndefined();
  });

  it('extracts nothing from addresses elsewhere', () => {
    expect(extract('64:ff9b:1::c000:221', wellKnown)).toBeUndefined();
    expect(extract('192.0.2.33', wellKnown)).toBeUndefined();
  });
});

describe('desynthesise', () => {
  it('D-30: a synthesised address and its IPv4 address are one', () => {
    expect(desynthesise(['64:ff9b::c000:201', '192.0.2.1'], wellKnown)).toEqual(['192.0.2.1']);
  });

  it('D-31, HE-79: keeps native addresses, and all in their order', () => {
    expect(desynthesise(['2001:db8::1', '64:ff9b::c000:202', '192.0.2.1'], wellKnown)).toEqual([
      '2001:db8::1',
      '192.0.2.2',
      '192.0.2.1',
    ]);
  });

  it('leaves nothing to turn back', () => {
    const synthesised = ipv4Address.map((ipv4) => synthesise(ipv4, wellKnown) ?? ipv4);
    fc.assert(
      fc.property(fc.array(fc.oneof(ipv4Address, ipv6Address, synthesised)), (addresses) => {
        const once = desynthesise(addresses, wellKnown);
        expect(desynthesise(once, wellKnown)).toEqual(once);
      }),
    );
  });
});
