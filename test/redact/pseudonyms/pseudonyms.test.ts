/** Pseudonyms keep equality, family, prefixes and subdomains, and depend on the key alone. */
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it, test } from 'vitest';
import { canonicalAddress, familyOf } from '../../../src/address.ts';
import { pseudonymsBy } from '../redacting.ts';

const KEY = 'sixteen bytes at least';
const { host, text, param } = pseudonymsBy(KEY);

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6().map((address) => canonicalAddress(address)!).filter((address) => address !== undefined);

const bitsOf = (address: string): string =>
  ipaddr.parse(address).toByteArray().map((byte) => byte.toString(2).padStart(8, '0')).join('');

function sharedBits(a: string, b: string): number {
  const [bits, others] = [bitsOf(a), bitsOf(b)];
  let length = 0;
  while (length < bits.length && bits[length] === others[length]) length++;
  return length;
}

describe('addresses', () => {
  test.each([['IPv4', ipv4], ['IPv6', ipv6]] as const)('%s: as many leading bits are shared afterwards as before, and the family stays', (_family, addresses) => {
    fc.assert(
      fc.property(addresses, addresses, fc.nat({ max: 128 }), (a, other, length) => {
        // A neighbour that shares some of the bits: random ones hardly ever do.
        const bits = bitsOf(a);
        const mixed = bits.slice(0, length) + bitsOf(other).slice(Math.min(length, bits.length));
        const b = canonicalAddress(ipaddr.fromByteArray(mixed.match(/.{8}/g)!.map((byte) => parseInt(byte, 2))).toString())!;
        expect(sharedBits(host(a), host(b))).toBe(sharedBits(a, b));
        expect(familyOf(host(a))).toBe(familyOf(a));
      }),
      { numRuns: 500 },
    );
  });

  test.each(['127.0.0.1', '0.0.0.0', '255.255.255.255', '::', '::1'])('%s means itself', (address) => {
    expect(host(address)).toBe(address);
  });

  test.each([['10.1.2.3', /^10\./], ['192.168.1.2', /^192\.168\./], ['fe80::1', /^fe[89ab]/], ['203.0.113.7', /^203\.0\.113\./], ['2001:db8::7', /^2001:db8:/]])('%s stays in its special-purpose range (RFC 6890)', (address, range) => {
    expect(host(address)).toMatch(range);
    expect(host(address)).not.toBe(address);
  });

  it('an IPv4 address within an IPv6 one follows the IPv4 address (RFC 6052 section 2.1)', () => {
    const inner = ipaddr.IPv4.parse(host('198.18.0.9')).toByteArray();
    expect(ipaddr.parse(host('64:ff9b::198.18.0.9')).toByteArray().slice(-4)).toEqual(inner);
    expect(ipaddr.parse(host('64:ff9b::198.18.0.9')).toByteArray().slice(0, 4)).toEqual([0x00, 0x64, 0xff, 0x9b]);
  });
});

describe('names', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => [...labels, 'test'].join('.'));

  it('a subdomain stays a subdomain, the top-level domain stays, and two names stay two', () => {
    fc.assert(
      fc.property(name, name, label, (a, b, sub) => {
        expect(host(`${sub}.${a}`).endsWith(`.${host(a)}`)).toBe(true);
        expect(host(a)).toMatch(/\.test$/);
        expect(host(a) === host(b)).toBe(a === b);
        expect(host(a.toUpperCase())).toBe(host(a));
        expect(host(`${a}.`)).toBe(`${host(a)}.`);
      }),
    );
  });

  it('wildcards, service labels and localhost stay', () => {
    expect(host('*.a.test')).toBe(`*.${host('a.test')}`);
    expect(host('_8443._https.a.test')).toBe(`_8443._https.${host('a.test')}`);
    expect(host('localhost')).toBe('localhost');
  });
});

describe('text', () => {
  const [NAME, ADDRESS, OTHER] = ['www.a.test', '2001:db8::1', '203.0.113.9'];
  it.each([
    `https://${NAME}:443/x`,
    `[${ADDRESS}]:443`,
    `${OTHER}:443`,
    `SiteForCookies: {site=https://${NAME}; schemefully_same=true}`,
    `pm/https://${NAME} <https://${NAME} same_site>`,
    `quic ${NAME}:443, expires 2026-12-20 16:34:16`,
    `TransportInfo{ type = TransportType::kDirect, endpoint = [${ADDRESS}]:443 }`,
    `h3="${NAME}:443"; ma=60`,
    `${NAME},${OTHER}, [${ADDRESS}]`,
  ])('%s', (words) => {
    const expected = [NAME, ADDRESS, OTHER].reduce((replaced, original) => replaced.replaceAll(original, host(original)), words);
    expect(expected).not.toBe(words);
    expect(text(words)).toBe(expected);
  });

  test.each(['net::OK', '16:34:16', 'HTTP/1.1 200 OK', 'h2,http/1.1', '156.0.8078.79', '44947.2.1, 44947.2.6', 'RFCv1'])('%s stays', (words) => {
    expect(param('details', words)).toBe(words);
  });

  test.each(['DIRECT', 'null null', '[direct://]', 'not an origin', 'https://[::1]/'])('%s names no host', (words) => {
    expect(param('proxy_chain', words)).toBe(words);
  });

  it('names without dots are hosts where URL or parameter say so', () => {
    expect(param('host', 'intranet')).toBe(host('intranet'));
    expect(param('destination', 'https://intranet:8443')).toBe(`https://${host('intranet')}:8443`);
    expect(param('url', 'http://intranet/x')).toBe(`http://${host('intranet')}/x`);
    expect(param('proxy_info', 'PROXY gate:3128')).toBe(`PROXY ${host('gate')}:3128`);
    expect(param('host', 'fe80::1')).toBe(host('fe80::1'));
    expect(param('details', 'intranet')).toBe('intranet');
  });

  it('what identifies a site by other means goes', () => {
    expect(param('ech_config_list', 'AEX+DQBB')).toBe('AAAA');
    expect(param('ech_config_list', '')).toBe('');
    expect(param('certificates', '-----BEGIN CERTIFICATE-----')).toBe('AAAA');
  });
});

it('the same key gives the same pseudonyms, another key others', () => {
  expect(pseudonymsBy(KEY).text('a.test 203.0.113.9')).toBe(text('a.test 203.0.113.9'));
  expect(pseudonymsBy('another key of that length').host('a.test')).not.toBe(host('a.test'));
});
