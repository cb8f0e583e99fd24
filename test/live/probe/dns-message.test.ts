/** What messages of a DNS server mean to the engine. */
import packet, { type Answer, type Packet } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queryMessage, readAnswer } from '../../../src/live/probe/dns-message.ts';
import { readRdata } from './service-rdata.ts';

const A = { name: 'www.race.test', type: 'A' } as const;

function message(answers: readonly Answer[], more: Packet = {}): Buffer {
  return packet.encode({ type: 'response', id: 7, questions: [{ type: 'A', name: 'www.race.test' }], answers: [...answers], ...more });
}

const https = (data: Buffer): Answer => ({ type: 'UNKNOWN_65', name: 'www.race.test', ttl: 60, data }) as unknown as Answer;
const httpsQuestion = { questions: [{ type: 'UNKNOWN_65', name: 'www.race.test' }] } as unknown as Packet;

test('a question is recursive, of one name and one type, and without EDNS', () => {
  // RFC 1035 §4.1: id 7, RD, one question; 3www4race4test0, type 65, class IN.
  expect(queryMessage(7, { name: 'www.race.test', type: 'HTTPS' }).toString('hex')).toBe('000701000001000000000000' + '03777777047261636504746573740000410001');
});

describe('readAnswer', () => {
  test('takes addresses in their order, and the least TTL', () => {
    const bytes = message([
      { type: 'A', name: 'www.race.test', ttl: 300, data: '192.0.2.2' },
      { type: 'A', name: 'www.race.test', ttl: 60, data: '192.0.2.1' },
    ]);
    expect(readAnswer(bytes, 7, A)).toEqual({ kind: 'answer', owner: 'www.race.test', addresses: ['192.0.2.2', '192.0.2.1'], records: [], ttl: 60_000 });
  });

  test('follows aliases in any order and spelling, and leaves out what is not at their end', () => {
    const bytes = message([
      { type: 'A', name: 'EDGE.race.test', ttl: 300, data: '192.0.2.1' },
      { type: 'CNAME', name: 'cdn.race.test', ttl: 20, data: 'edge.race.test' },
      { type: 'CNAME', name: 'www.race.test', ttl: 300, data: 'CDN.race.test' },
      { type: 'A', name: 'other.race.test', ttl: 1, data: '192.0.2.9' },
    ]);
    expect(readAnswer(bytes, 7, A)).toEqual({ kind: 'answer', owner: 'edge.race.test', addresses: ['192.0.2.1'], records: [], ttl: 20_000 });
  });

  test('takes no answer for an answer without records, for as long as the SOA says (RFC 2308 §5)', () => {
    const soa: Answer = { type: 'SOA', name: 'race.test', ttl: 900, data: { mname: 'a.test', rname: 'b.test', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 30 } };
    expect(readAnswer(message([], { authorities: [soa] }), 7, A)).toMatchObject({ kind: 'answer', addresses: [], ttl: 30_000 });
    expect(readAnswer(message([]), 7, A)).toMatchObject({ kind: 'answer', addresses: [], ttl: 0 });
  });

  test('reads HTTPS records', () => {
    const bytes = message([https(readRdata('0001 00 0003 0002 20fb'))], httpsQuestion);
    expect(readAnswer(bytes, 7, { ...A, type: 'HTTPS' })).toMatchObject({ addresses: [], records: [{ priority: 1, target: '.', params: { port: 8443 } }] });
  });

  test('one malformed record makes the answer malformed (RFC 9460 §2.2)', () => {
    const bytes = message([https(readRdata('0001 00')), https(readRdata('0001 00 0003 0001 20'))], httpsQuestion);
    expect(readAnswer(bytes, 7, { ...A, type: 'HTTPS' })).toEqual({ kind: 'failure', failure: 'malformed' });
  });

  test.each([
    [2, 'servfail'],
    [3, 'nxdomain'],
    [5, 'refused'],
    [1, 'malformed'],
  ])('response code %d is %s', (rcode, failure) => {
    expect(readAnswer(message([], { flags: rcode }), 7, A)).toEqual({ kind: 'failure', failure });
  });

  test('tells what is truncated, whatever it holds', () => {
    expect(readAnswer(message([], { flags: packet.TRUNCATED_RESPONSE }), 7, A)).toEqual({ kind: 'truncated' });
  });

  test('a loop of aliases is malformed', () => {
    const bytes = message([
      { type: 'CNAME', name: 'www.race.test', ttl: 1, data: 'a.race.test' },
      { type: 'CNAME', name: 'a.race.test', ttl: 1, data: 'www.race.test' },
    ]);
    expect(readAnswer(bytes, 7, A)).toEqual({ kind: 'failure', failure: 'malformed' });
  });

  test.each<[string, Buffer]>([
    ['another id', message([], { id: 8 })],
    ['a question', packet.encode({ type: 'query', id: 7, questions: [{ type: 'A', name: 'www.race.test' }] })],
    ['an answer to another name', message([], { questions: [{ type: 'A', name: 'evil.test' }] })],
    ['an answer to another type', message([], { questions: [{ type: 'AAAA', name: 'www.race.test' }] })],
    ['an answer to nothing', message([], { questions: [] })],
    ['three octets', Buffer.of(0, 7, 0x80)],
  ])('does not listen to %s', (_, bytes) => {
    expect(readAnswer(bytes, 7, A)).toBeUndefined();
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom('A', 'AAAA', 'HTTPS'), (bytes, type) => {
        readAnswer(Buffer.concat([Buffer.of(0, 7, 0x81, 0x80), bytes]), 7, { ...A, type });
      }),
    );
  });
});
