import { expect, test } from 'vitest';
import type { ServiceParams } from '../../../src/engine/dns.ts';
import { type RecordRefusal, type RecordRules, judgeRecord } from '../../../src/engine/svcb/usable-record.ts';
import { service } from './lookups.ts';

const rules: RecordRules = {
  protocols: ['h3', 'h2', 'http/1.1'],
  port: 443,
  ech: true,
  recordPort: 'any',
  noDefaultAlpn: 'understood',
};
const tcp = ['h2', 'http/1.1'];
const judge = (params: ServiceParams, own: Partial<RecordRules> = {}) =>
  judgeRecord(service(1, '.', params), { ...rules, ...own });

test.each<[string, ServiceParams, Partial<RecordRules>, RecordRefusal]>([
  ['SB-16: empty alpn', { alpn: [] }, {}, 'empty-list'],
  ['SB-22: empty ipv4hint', { alpn: ['h2'], ipv4Hints: [] }, {}, 'empty-list'],
  ['SB-22: empty ipv6hint', { alpn: ['h2'], ipv6Hints: [] }, {}, 'empty-list'],
  ['SB-15: no-default-alpn without alpn', { noDefaultAlpn: true }, {}, 'no-default-alpn-alone'],
  ['SB-16: mandatory key that is not there', { mandatory: ['port'] }, {}, 'mandatory-inconsistent'],
  ['SB-16: mandatory names a key twice', { alpn: ['h2'], mandatory: ['alpn', 'alpn'] }, {}, 'mandatory-inconsistent'],
  ['SB-16: mandatory names itself', { mandatory: ['mandatory'] }, {}, 'mandatory-inconsistent'],
  ['SB-16: empty mandatory', { mandatory: [] }, {}, 'mandatory-inconsistent'],
  ['D-39, SB-21: unknown key', { mandatory: ['key65444'], unknownKeys: ['key65444'] }, {}, 'mandatory-unknown'],
  ['SB-21: ech without ECH', { ech: 'AEX+', mandatory: ['ech'] }, { ech: false }, 'mandatory-unknown'],
  ['D-40, SB-20: port 25', { port: 25 }, {}, 'bad-port'],
  ['D-22, SB-18', { alpn: ['h3'], noDefaultAlpn: true }, { protocols: ['h2', 'http/1.1'] }, 'no-common-protocol'],
  ['L-17: other port', { port: 8443 }, { recordPort: 'authority' }, 'other-port'],
  ['L-17: no-default-alpn', { alpn: ['h2'], noDefaultAlpn: true }, { noDefaultAlpn: 'refused' }, 'no-default-alpn'],
])('refuses a record: %s', (_, params, own, reason) => {
  expect(judge(params, own)).toEqual({ kind: 'refused', reason });
});

test.each<[string, ServiceParams, Partial<RecordRules>, object]>([
  ['SB-15: no alpn means http/1.1, SB-17: which offers all of TCP', {}, {}, { quic: [], tcp }],
  ['SB-15: h3 and the default', { alpn: ['h3'] }, {}, { quic: ['h3'], tcp }],
  ['SB-15: h3 alone', { alpn: ['h3'], noDefaultAlpn: true }, {}, { quic: ['h3'], tcp: [] }],
  ['SB-17: h2 alone offers http/1.1 too', { alpn: ['h2'], noDefaultAlpn: true }, {}, { quic: [], tcp }],
  ['C-21: h3 disabled', { alpn: ['h3', 'h2'] }, { protocols: ['h2'] }, { quic: [], tcp: ['h2'] }],
  ['SB-20: port of the record', { port: 8443 }, {}, { port: 8443, quic: [], tcp }],
  ['SB-20: port of the authority', {}, { port: 8080 }, { port: 8080, quic: [], tcp }],
  ['C-49: ech', { ech: 'AEX+' }, {}, { quic: [], tcp, ech: 'AEX+' }],
  ['C-48: ech off', { ech: 'AEX+' }, { ech: false }, { quic: [], tcp }],
  ['SB-21: unknown, not mandatory', { unknownKeys: ['key65444'] }, {}, { quic: [], tcp }],
  [
    'SB-21: every known key may be mandatory',
    {
      alpn: ['h3'],
      noDefaultAlpn: true,
      port: 443,
      ipv4Hints: ['192.0.2.1'],
      ipv6Hints: ['2001:db8::1'],
      ech: 'AEX+',
      mandatory: ['alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ipv6hint', 'ech'],
    },
    { recordPort: 'authority' },
    { quic: ['h3'], tcp: [], ech: 'AEX+' },
  ],
])('uses a record: %s', (_, params, own, offer) => {
  expect(judge(params, own)).toEqual({ kind: 'usable', offer: { port: 443, ...offer } });
});
