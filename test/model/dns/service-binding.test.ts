/** RDATA of HTTPS records: the vectors of RFC 9460 appendix D, and what its section 2.2 calls malformed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readServiceBinding } from '../../../src/model/dns/service-binding.ts';
import { type Octets, hex, view } from './messages.ts';

const NO_PARAMS = { mandatory: [], alpn: [], noDefaultAlpn: false, ipv4Hint: [], ech: false, ipv6Hint: [], otherKeys: [] };
const FOO_COM = '03 666f6f 07 6578616d706c65 03 636f6d 00';
const FOO_ORG = '03 666f6f 07 6578616d706c65 03 6f7267 00';
const read = (octets: string | Octets) => readServiceBinding(view(typeof octets === 'string' ? hex(octets) : octets));

describe('RFC 9460 appendix D', () => {
  it.each([
    ['AliasMode', `0000 ${FOO_COM}`, { mode: 'alias', targetName: 'foo.example.com' }],
    ['the owner itself', '0001 00', { mode: 'service', priority: 1, targetName: '.', params: NO_PARAMS }],
    ['a port', `0010 ${FOO_COM} 0003 0002 0035`, { mode: 'service', priority: 16, targetName: 'foo.example.com', params: { ...NO_PARAMS, port: 53 } }],
    ['a key without a name', `0001 ${FOO_COM} 029b 0005 68656c6c6f`, { mode: 'service', priority: 1, targetName: 'foo.example.com', params: { ...NO_PARAMS, otherKeys: [667] } }],
    [
      'two IPv6 hints',
      `0001 ${FOO_COM} 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001`,
      { mode: 'service', priority: 1, targetName: 'foo.example.com', params: { ...NO_PARAMS, ipv6Hint: ['2001:db8::1', '2001:db8::53:1'] } },
    ],
    [
      'mandatory keys',
      `0010 ${FOO_ORG} 0000 0004 0001 0004 0001 0009 02 6832 05 68332d3139 0004 0004 c0000201`,
      { mode: 'service', priority: 16, targetName: 'foo.example.org', params: { ...NO_PARAMS, mandatory: [1, 4], alpn: ['h2', 'h3-19'], ipv4Hint: ['192.0.2.1'] } },
    ],
    ['a comma and a backslash in a protocol id', `0010 ${FOO_ORG} 0001 000c 08 665c6f6f2c626172 02 6832`, { mode: 'service', priority: 16, targetName: 'foo.example.org', params: { ...NO_PARAMS, alpn: ['f\\oo,bar', 'h2'] } }],
  ])('%s', (_what, octets, expected) => {
    expect(read(octets)).toEqual(expected);
  });
});

it('reads no-default-alpn and ech', () => {
  expect(read('0001 00 0001 0003 02 6833 0002 0000 0005 0002 ffff')).toEqual({ mode: 'service', priority: 1, targetName: '.', params: { ...NO_PARAMS, alpn: ['h3'], noDefaultAlpn: true, ech: true } });
});

it('does not read the params of an AliasMode record', () => {
  expect(read('0000 00 0001 ffff')).toEqual({ mode: 'alias', targetName: '.' });
});

it('escapes what a label holds besides letters', () => {
  expect(read('0000 04 612e5c09 00')).toEqual({ mode: 'alias', targetName: 'a\\.\\\\\\009' });
});

describe('is malformed', () => {
  it.each([
    ['nothing', ''],
    ['no TargetName', '0001'],
    ['a TargetName that runs out', '0001 05 6162'],
    ['a compressed TargetName', '0001 c000'],
    ['a label of more than 63 octets', `0001 40 ${'61'.repeat(64)} 00`],
    ['a name of more than 255 octets', `0001 ${`3f ${'61'.repeat(63)}`.repeat(4)} 00`],
    ['params that end within a key', '0001 00 00'],
    ['a value that runs out', '0001 00 0001 0003 0268'],
    ['a key twice', '0001 00 0003 0002 01bb 0003 0002 01bb'],
    ['keys out of order', '0001 00 0003 0002 01bb 0001 0003 02 6832'],
    ['alpn without protocols', '0001 00 0001 0000'],
    ['an empty protocol id', '0001 00 0001 0001 00'],
    ['a protocol id that runs out', '0001 00 0001 0002 02 68'],
    ['a value of no-default-alpn', '0001 00 0001 0003 02 6832 0002 0001 00'],
    ['a port of one octet', '0001 00 0003 0001 35'],
    ['no IPv4 hint', '0001 00 0004 0000'],
    ['half an IPv4 hint', '0001 00 0004 0006 c0000201 c000'],
    ['half an IPv6 hint', '0001 00 0006 0004 20010db8'],
    ['ech without a value', '0001 00 0005 0000'],
    ['a mandatory key that is absent', '0001 00 0000 0002 0001'],
    ['mandatory among the mandatory keys', '0001 00 0000 0002 0000'],
    ['a mandatory key twice', '0001 00 0000 0004 0001 0001 0001 0003 02 6832'],
  ])('%s', (_what, octets) => {
    expect(read(octets)).toEqual({ mode: 'malformed' });
  });
});

it('makes something of any octets, and never throws', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => ['alias', 'service', 'malformed'].includes(read([...octets]).mode)));
});

it('tells every cut of a record from the whole', () => {
  const whole = hex(`0010 ${FOO_ORG} 0000 0004 0001 0004 0001 0009 02 6832 05 68332d3139 0004 0004 c0000201`);
  // Cut right behind the TargetName or the first param, what is left is a record; mandatory keys are then absent.
  const modes = whole.map((_, length) => read(whole.slice(0, length)).mode);
  expect(modes.filter((mode) => mode !== 'malformed')).toEqual(['service']);
});
