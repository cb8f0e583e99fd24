/** RDATA of HTTPS records: the vectors of RFC 9460 appendix D, and bytes of any kind. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readServiceBinding } from '../../../src/live/probe/service-binding.ts';
import { readServiceBinding as readOfModel } from '../../../src/model/dns/service-binding.ts';
import { readRdata } from './service-rdata.ts';

const FOO = '03 666f6f 07 6578616d706c65 03 636f6d 00';

describe('readServiceBinding', () => {
  test.each([
    ['D.1, AliasMode', `0000 ${FOO}`, { priority: 0, target: 'foo.example.com', params: {} }],
    ['D.2, TargetName "."', '0001 00', { priority: 1, target: '.', params: {} }],
    ['D.2, a port', `0010 ${FOO} 0003 0002 0035`, { priority: 16, target: 'foo.example.com', params: { port: 53 } }],
    ['D.2, a key without a name', `0001 ${FOO} 029b 0005 68656c6c6f`, { priority: 1, target: 'foo.example.com', params: { unknownKeys: ['key667'] } }],
    ['D.2, IPv6 hints', `0001 ${FOO} 0006 0020 20010db8 00000000 00000000 00000001 20010db8 00000000 00000000 00530001`, { priority: 1, target: 'foo.example.com', params: { ipv6Hints: ['2001:db8::1', '2001:db8::53:1'] } }],
    [
      'D.2, mandatory keys',
      `0010 03 666f6f 07 6578616d706c65 03 6f7267 00 0000 0004 0001 0004 0001 0009 02 6832 05 68332d3139 0004 0004 c0000201`,
      { priority: 16, target: 'foo.example.org', params: { mandatory: ['alpn', 'ipv4hint'], alpn: ['h2', 'h3-19'], ipv4Hints: ['192.0.2.1'] } },
    ],
    ['no-default-alpn and ech', '0001 00 0001 0003 02 6832 0002 0000 0005 0003 010203', { priority: 1, target: '.', params: { alpn: ['h2'], noDefaultAlpn: true, ech: 'AQID' } }],
    ['a name in capitals', '0001 03 464f4f 00', { priority: 1, target: 'foo', params: {} }],
  ])('%s', (_, hex, record) => {
    expect(readServiceBinding(readRdata(hex))).toEqual(record);
  });

  test.each([
    ['nothing', ''],
    ['a name that does not end', '0001 03 666f'],
    ['a compressed name', '0001 c000'],
    ['a param that does not end', '0001 00 0003 0002 01'],
    ['keys out of order', '0001 00 0003 0002 0035 0001 0003 02 6832'],
    ['a key twice', '0001 00 0003 0002 0035 0003 0002 0035'],
    ['half an address', '0001 00 0004 0006 c0000201c000'],
    ['a port of three octets', '0001 00 0003 0003 000035'],
    ['no-default-alpn with a value', '0001 00 0002 0001 00'],
    ['a protocol id that does not end', '0001 00 0001 0002 05 68'],
  ])('rejects %s', (_, hex) => {
    expect(() => readServiceBinding(readRdata(hex))).toThrow(RangeError);
  });

  test('agrees with the reader of the analysis on what it takes, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (params) => {
        const bytes = Buffer.concat([Buffer.of(0, 1, 0), params]);
        const view = readOfModel(new DataView(Uint8Array.from(bytes).buffer));
        if (view.mode !== 'service') return;
        const { port, alpn = [], ipv4Hints = [], ipv6Hints = [] } = readServiceBinding(bytes).params;
        expect({ port, alpn, ipv4Hint: ipv4Hints, ipv6Hint: ipv6Hints }).toEqual({ port: view.params.port, alpn: view.params.alpn, ipv4Hint: view.params.ipv4Hint, ipv6Hint: view.params.ipv6Hint });
      }),
    );
  });

  test('takes any bytes, or rejects them as malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readServiceBinding(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
