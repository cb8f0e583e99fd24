import { describe, expect, it } from 'vitest';
import { readZone, type ZoneRecord } from '../../../src/simulator/scenario/zone.ts';

/** The record of the one owner of all test vectors. */
function service(text: string) {
  const record: ZoneRecord | undefined = readZone(`example.com. ${text}`).get('example.com')?.[0];
  return record !== undefined && 'service' in record ? record.service : undefined;
}

describe('SVCB and HTTPS records of RFC 9460 appendix D', () => {
  it.each([
    ['D.1 AliasMode', 'HTTPS 0 foo.example.com.', { priority: 0, target: 'foo.example.com', params: {} }],
    ['D.2 TargetName is the owner name', 'SVCB 1 .', { priority: 1, target: '.', params: {} }],
    ['D.2 a port', 'SVCB 16 foo.example.com. port=53', { priority: 16, target: 'foo.example.com', params: { port: 53 } }],
    ['D.2 a generic key, unquoted', 'SVCB 1 foo.example.com. key667=hello', { priority: 1, target: 'foo.example.com', params: { unknownKeys: ['key667'] } }],
    ['D.2 a generic key, quoted with an escape', 'SVCB 1 foo.example.com. key667="hello\\210qoo"', { priority: 1, target: 'foo.example.com', params: { unknownKeys: ['key667'] } }],
    ['D.2 two quoted hints', 'SVCB 1 foo.example.com. (\n ipv6hint="2001:db8::1,2001:db8::53:1"\n )', { priority: 1, target: 'foo.example.com', params: { ipv6Hints: ['2001:db8::1', '2001:db8::53:1'] } }],
    ['D.2 a hint with an embedded IPv4 address', 'SVCB 1 example.com. (\n ipv6hint="2001:db8:122:344::192.0.2.33"\n )', { priority: 1, target: 'example.com', params: { ipv6Hints: ['2001:db8:122:344::c000:221'] } }],
    [
      'D.2 mandatory keys, unsorted',
      'SVCB 16 foo.example.org. (\n alpn=h2,h3-19 mandatory=ipv4hint,alpn\n ipv4hint=192.0.2.1\n )',
      { priority: 16, target: 'foo.example.org', params: { alpn: ['h2', 'h3-19'], mandatory: ['ipv4hint', 'alpn'], ipv4Hints: ['192.0.2.1'] } },
    ],
    ['D.2 an escaped comma and backslash, quoted', 'SVCB 16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"', { priority: 16, target: 'foo.example.org', params: { alpn: ['f\\oo,bar', 'h2'] } }],
    ['D.2 an escaped comma and backslash, by number', 'SVCB 16 foo.example.org. alpn=f\\\\\\092oo\\092,bar,h2', { priority: 16, target: 'foo.example.org', params: { alpn: ['f\\oo,bar', 'h2'] } }],
  ])('%s', (_, text, expected) => {
    expect(service(text)).toEqual(expected);
  });

  it.each([
    ['a key twice', 'key123=abc key123=def', 'each SvcParamKey once'],
    ['mandatory without a value', 'mandatory', 'a comma-separated list without empty items'],
    ['alpn without a value', 'alpn', 'a comma-separated list without empty items'],
    ['port without a value', 'port', 'port=0 to port=65535'],
    ['ipv4hint without a value', 'ipv4hint', 'a comma-separated list without empty items'],
    ['ipv6hint without a value', 'ipv6hint', 'a comma-separated list without empty items'],
    ['no-default-alpn with a value', 'no-default-alpn=abc', 'no-default-alpn without a value'],
    ['a mandatory key that is missing', 'mandatory=key123', 'every mandatory key among the SvcParams'],
    ['mandatory in its own list', 'mandatory=mandatory', 'each mandatory key once, without mandatory itself'],
    ['a mandatory key twice', 'mandatory=key123,key123 key123=abc', 'each mandatory key once, without mandatory itself'],
  ])('D.3 refuses %s', (_, params, expected) => {
    expect(() => service(`SVCB 1 foo.example.com. ${params}`)).toThrow(`expected ${expected}, found`);
  });
});

describe('SvcParams beyond the test vectors', () => {
  it('reads ech and no-default-alpn', () => {
    expect(service('HTTPS 1 . alpn=h3 no-default-alpn ech="AEL+DQA="')?.params).toEqual({ alpn: ['h3'], noDefaultAlpn: true, ech: 'AEL+DQA=' });
  });

  it('leaves no-default-alpn without alpn for the client to reject (SB-15, SB-16)', () => {
    expect(service('HTTPS 1 . no-default-alpn')?.params).toEqual({ noDefaultAlpn: true });
  });

  it('knows registered keys by name and number as one', () => {
    expect(service('HTTPS 1 . mandatory=key7,key65444 dohpath=/q{?dns} key65444')?.params).toEqual({ mandatory: ['dohpath', 'key65444'], unknownKeys: ['dohpath', 'key65444'] });
  });

  it('reads params in AliasMode too, for the client to ignore (SB-03)', () => {
    expect(service('HTTPS 0 . port=8443')).toEqual({ priority: 0, target: '.', params: { port: 8443 } });
  });

  it.each([
    ['port=65536', 'port=0 to port=65535'],
    ['port=x', 'port=0 to port=65535'],
    ['alpn=h2,,h3', 'a comma-separated list without empty items'],
    ['alpn="h2,"', 'a comma-separated list without empty items'],
    ['alpn=a\\\\b', 'a comma-separated list without empty items'],
    ['ipv4hint=2001:db8::1', 'IPv4 addresses'],
    ['ipv6hint=192.0.2.1', 'IPv6 addresses'],
    ['ech=', 'ech= and an ECHConfigList in base64'],
    ['ech=AB', 'ech= and an ECHConfigList in base64'],
    ['key3=x', 'the key port by its name'],
    ['key0123=x', 'a SvcParamKey'],
    ['key65535=x', 'a SvcParamKey'],
    ['apln=h2', 'a SvcParamKey'],
  ])('refuses %s', (params, expected) => {
    expect(() => service(`HTTPS 1 . ${params}`)).toThrow(`expected ${expected}`);
  });
});
